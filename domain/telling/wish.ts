export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** How somebody is written to. The law leaves it to whoever asks to be told (TT17 art. 12(2)b). */
export const messageChannels = ['sms', 'email', 'zalo'] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** How a citizen asks to be told; nobody is written to who has not asked (TT17 art. 12(2)b). */
export interface Wish {
  readonly channel: MessageChannel;
  readonly language: Language;
  /** Somebody else receives, and can be reached on this channel. */
  readonly toReceiver: boolean;
}

/** The applicant; `receiver` where somebody with a written authority receives in the applicant's place. */
export const addressees = ['applicant', 'receiver'] as const;
export type Addressee = (typeof addressees)[number];

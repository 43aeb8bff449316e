import type { Outcome } from './journey/refusals.ts';

/** What is scanned: the papers, a signature or photo at a door, the result. */
export const scanKinds = ['papers', 'signature', 'photo', 'result'] as const;
export type ScanKind = (typeof scanKinds)[number];

/** What scanners, phones and screenshots make. */
export const scanTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type ScanType = (typeof scanTypes)[number];

export const scanStatuses = ['awaited', 'verified', 'refused'] as const;

/** So many scans a dossier holds, refused ones aside (judged): papers, result, and pictures of every hand-over. */
export const mostScans = 50;
/** So many are ever announced, refused ones too: a phone that sends what is never taken must end some time. */
export const mostAnnouncements = 200;
/** So many bytes they may have together (judged): twenty of the largest. */
export const mostScanBytes = 200 * 1024 * 1024;

/** Long enough for a phone at the edge of a cell to send ten megabytes, short enough to be useless when it leaks. */
export const uploadSeconds = 15 * 60;
/** Of a link to a scan that is good. */
export const linkSeconds = 5 * 60;

/** What was wrong with an announcement or its upload, not with the content: that may be asked for again. */
const announcementFaults = [
  'not-uploaded',
  'size-differs',
  'checksum-differs',
  /** Neither PDF, JPEG nor PNG, or another one of them than announced. */
  'type-differs',
  /** The virus check has failed at it. */
  'not-checked',
] as const;

/** Why a file is not taken. */
export const scanFaults = [
  ...announcementFaults,
  /** A picture as newer phones keep it, which the agencies' computers do not show. */
  'heic',
  'truncated',
  /** Of the right type by its first bytes, and no reader can open it. */
  'unreadable',
  'needs-password',
  /** More pages or pixels than any scan has: such a file is made to stop a reader. */
  'too-large',
  'too-slow',
  /** The virus check has found something in it. */
  'infected',
] as const;
export type ScanFault = (typeof scanFaults)[number];

/** What a reader should know before a file is opened. */
export const scanFlags = [
  'javascript',
  /** Holds another file, or film and sound. */
  'embedded-files',
  /** Opens a program, another file or a form of its own kind. */
  'launches',
  /** Encrypted with permissions only: it opens without a password. */
  'permissions',
] as const;
export type ScanFlag = (typeof scanFlags)[number];

/** What was found when every page and picture was opened. */
export interface ScanContents {
  readonly pages: number;
  /** Of the picture, or of the largest picture in a PDF; 0 where a PDF has none. */
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** EXIF's 2 to 8 for a picture that must be turned to be shown upright; absent where it stands upright. */
  readonly orientation?: number;
  readonly flags: readonly ScanFlag[];
  /** How many pictures of its pages are shown instead of a file that does more than show pages. */
  readonly pictures?: number;
  /** A small picture of the first page lies beside the file; older scans have none. */
  readonly preview?: true;
  /** A virus check has found nothing in it; absent where none was asked. */
  readonly virusFree?: true;
}

/** Whether a reader might run what is in the file: such a file is never handed out, only pictures of its pages. */
export function isRisky({ flags }: Pick<ScanContents, 'flags'>): boolean {
  return flags.some((flag) => flag !== 'permissions');
}

/** A scan that was asked for; the object lies in quarantine until its bytes are what was announced. */
export interface Scan {
  /** Of a dossier, one kind and one content have one id. */
  readonly scanId: string;
  readonly dossierId: string;
  readonly kind: ScanKind;
  readonly contentType: ScanType;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly status: (typeof scanStatuses)[number];
  /** The scan of the same dossier that this one is made again for. */
  readonly rescanFor?: string;
  readonly requestedAt: number;
  readonly decidedAt?: number;
  readonly fault?: ScanFault;
  /** Of a verified scan. */
  readonly contents?: ScanContents;
}

/** What lies in quarantine under a scan's key. */
export interface Upload {
  readonly bytes: Uint8Array;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Are the uploaded bytes the announced ones? What they contain is the scan check's to say.
 * @param upload undefined when nothing lies in quarantine
 * @returns the upload, or ScanRefused with the first fault found
 */
export function asAnnounced<T extends Upload>(scan: Scan, upload: T | undefined): Outcome<T> {
  if (!upload) return refusedScan('not-uploaded');
  if (upload.bytes.length !== scan.size) return refusedScan('size-differs');
  return upload.sha256 === scan.sha256 ? { ok: true, value: upload } : refusedScan('checksum-differs');
}

/** A scan is not taken, and why. */
export function refusedScan(why: ScanFault): Outcome<never> {
  return { ok: false, refusal: { name: 'ScanRefused', why } };
}

/** Whether content that was refused may be announced and uploaded again: the fault was not its own. */
export function isOpenAgain({ status, fault }: Scan): boolean {
  return status === 'refused' && announcementFaults.some((one) => one === fault);
}

/** What of a dossier's room these scans take: refused ones take none. */
export function roomTaken(scans: readonly Scan[]): { readonly scans: number; readonly bytes: number } {
  const kept = scans.filter(({ status }) => status !== 'refused');
  return { scans: kept.length, bytes: kept.reduce((sum, { size }) => sum + size, 0) };
}

/** The keys of the book. Every item of one dossier shares its partition; a tracking code and a registration have one of their own. */
export const dossierKey = (dossierId: string): string => `DOSSIER#${dossierId}`;
/** The dossier a partition belongs to; undefined for other partitions. */
export const dossierIdIn = (pk: string): string | undefined => /^DOSSIER#(.+)$/.exec(pk)?.[1];
export const head = 'HEAD';
export const wait = 'WAIT';
/** Event numbers are padded so that their text order is their order. */
export const eventKey = (number: number): string => `EVENT#${String(number).padStart(6, '0')}`;
export const eventIdKey = (eventId: string): string => `EVENTID#${eventId}`;
export const scanKey = (scanId: string): string => `SCAN#${scanId}`;
export const trackingKey = (trackingCode: string): string => `TRACKING#${trackingCode}`;
export const registrationKey = (fingerprint: string): string => `REGISTRATION#${fingerprint}`;
export const personKey = (personId: string): string => `PERSON#${personId}`;
export const applicant = 'APPLICANT';
export const receiverKey = (eventId: string): string => `RECEIVER#${eventId}`;

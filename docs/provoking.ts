import type { ProblemCode } from '../contract/problem.ts';
import type { Role } from '../domain/roles.ts';

/** What has to be so before a request is answered with its problem; what is in braces in the request comes of it. */
export const situations = {
  nothing: 'Nothing.',
  registered: 'A dossier was registered at the counter.',
  collected: 'Its papers were taken in.',
  pickup: 'A dossier was registered to be fetched at the door.',
  longDelivered: 'The result was delivered two days ago.',
  early: 'The same person has reported the event {concerns} too early, and it waits.',
  manyNotes: 'The dossier has 200 notes of today.',
  raced: 'Somebody else writes to the dossier all the time.',
  eventTold: 'An event was reported with this eventId.',
  keyUsed: 'Another registration was made under this key.',
  keyInFlight: 'The same registration is on its way under this key.',
  scanAwaited: 'An upload was asked for, and nothing was uploaded.',
  manyScans: 'Fifty scans of the dossier were asked for.',
  unreadable: 'What is stored of the dossier is damaged.',
  spent: 'Ten codes that no dossier has were asked for from this address within the hour.',
  virusCheck: 'A scan was uploaded a moment ago, where files are checked for viruses.',
  storeAway: 'The store does not answer.',
  functionAway: 'No function answers.',
  manySubscriptions: 'The unit has eight subscriptions.',
  subscribed: 'The unit has a subscription without an address.',
  webhookThere: 'The unit has a subscription with an address, and nothing has arrived.',
  fellBehind: 'A subscriber has read nothing for longer than entries are kept.',
  slow: 'The time of the batch is over before its last item is looked at.',
} as const;
export type Situation = keyof typeof situations;

/** A request that is answered with a problem. */
export interface Provocation {
  readonly given?: Situation;
  /** Whose token; nobody's where the operation is open. `homeless` has a role and no unit. */
  readonly by?: Role | 'homeless' | 'nobody';
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text as it is. */
  readonly body?: unknown;
  /** Bytes of padding in the body, which nobody wants to read. */
  readonly padding?: number;
}

const when = '{now}';
const registration = {
  frontDoor: 'counter',
  procedureCode: '2.000488',
  agencyId: 'AG-PASC-BACKAN',
  communeId: 'CM-01843',
  applicant: { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900000001', address: 'Tổ Mẫu, phường Đức Xuân' },
};
const keyed = { 'idempotency-key': '{key}' };

function registering(change: Readonly<Record<string, unknown>>, more: Partial<Provocation> = {}): Provocation {
  return {
    by: 'clerk',
    method: 'POST',
    path: '/v1/dossiers',
    headers: keyed,
    body: { ...registration, ...change },
    ...more,
  };
}
function reporting(
  type: string,
  details: Readonly<Record<string, unknown>>,
  more: Partial<Provocation> = {},
): Provocation {
  return {
    given: 'registered',
    by: 'clerk',
    method: 'POST',
    path: '/v1/dossiers/{dossierId}/events',
    body: { eventId: '{eventId}', type, occurredAt: when, details },
    ...more,
  };
}
const seen = { postOfficeId: 'PO-BACKAN' };
const reading: Provocation = { given: 'registered', by: 'clerk', path: '/v1/dossiers/{dossierId}' };

/**
 * For every code a request that is answered with it: the pages of the documentation show it, and a test sends it
 * (`test/journeys/provoking.test.ts`).
 */
export const provoking: Readonly<Record<ProblemCode, Provocation>> = {
  NoSuchStep: reporting('Withdrawn', {}),
  NotYourStep: reporting('Collected', {}, { by: 'officer' }),
  ProofMissing: reporting('Cancelled', {}),
  ProofMismatch: reporting('Withdrawn', { reason: 'citizen-asked', receiptShown: false }, { given: 'collected' }),
  UnneededDetails: reporting('Scanned', { ...seen, outcome: 'accepted' }),
  ItemCodeRefused: reporting('Dispatched', { itemCode: 'RA123456784VN' }, { given: 'collected' }),
  DateRefused: reporting(
    'PickupAgreed',
    { appointment: { from: '2020-01-02T08:00:00+07:00', until: '2020-01-02T09:00:00+07:00' } },
    { given: 'pickup' },
  ),
  TooLate: reporting('DeliveryCancelled', { reason: 'recorded-in-error' }, { given: 'longDelivered', by: 'courier' }),
  UnknownMatter: reporting('MatterSettled', { concerns: 'nothing-0001', reason: 'confirmed-by-both' }),
  SamePerson: reporting('MatterSettled', { concerns: '{concerns}', reason: 'confirmed-by-both' }, { given: 'early' }),
  TooManyNotes: reporting('Scanned', seen, { given: 'manyNotes' }),
  TooManyRequests: {
    given: 'spent',
    by: 'nobody',
    path: '/t/{trackingCode}',
    headers: { accept: 'application/json' },
  },
  Overtaken: reporting('Cancelled', { reason: 'citizen-asked' }, { given: 'raced' }),
  VersionMoved: reporting('Scanned', seen, { headers: { 'if-match': '"9"' } }),
  EventIdReused: reporting('Scanned', { postOfficeId: 'PO-NARI' }, { given: 'eventTold' }),
  IdempotencyKeyReused: registering({ communeId: 'CM-01840' }, { given: 'keyUsed' }),
  UnknownBag: {
    by: 'clerk',
    method: 'POST',
    path: '/v1/bags',
    body: { bagCode: 'TUI-NOBODY-1', eventId: '{eventId}', type: 'HandedToAgency', occurredAt: when, whole: true },
  },
  WrongDigits: {
    given: 'registered',
    by: 'nobody',
    method: 'POST',
    path: '/t/details',
    headers: { accept: 'application/json' },
    body: { trackingCode: '{trackingCode}', lastDigits: '9999' },
  },
  UnknownDossier: { by: 'clerk', path: '/v1/dossiers/d-00000000000000000000000000' },
  UnknownProcedure: registering({ procedureCode: '9.999999' }),
  UnknownAgency: registering({ agencyId: 'AG-MARS' }),
  UnknownPostOffice: registering({ postOfficeId: 'PO-MARS' }),
  UnknownCommune: registering({ communeId: 'CM-00000' }),
  UnknownExemption: registering({ exemption: 'cousin-of-the-mayor' }),
  NotCarriedByPost: registering({ procedureCode: '2.000884' }),
  NotYourFrontDoor: registering({ frontDoor: 'counter' }, { by: 'officer' }),
  NotYourUnit: registering({ postOfficeId: 'PO-NARI' }),
  UnknownScan: {
    given: 'registered',
    by: 'clerk',
    method: 'POST',
    path: '/v1/dossiers/{dossierId}/scans/s-00000000000000000000000000/confirm',
  },
  TooManyScans: {
    given: 'manyScans',
    by: 'clerk',
    method: 'POST',
    path: '/v1/dossiers/{dossierId}/scans',
    body: { kind: 'papers', contentType: 'application/pdf', size: 1000, sha256: 'f'.repeat(64) },
  },
  ScanRefused: {
    given: 'scanAwaited',
    by: 'clerk',
    method: 'POST',
    path: '/v1/dossiers/{dossierId}/scans/{scanId}/confirm',
  },
  ScanNotReadable: { given: 'scanAwaited', by: 'clerk', path: '/v1/dossiers/{dossierId}/scans/{scanId}' },
  ScanNotReady: {
    given: 'virusCheck',
    by: 'clerk',
    method: 'POST',
    path: '/v1/dossiers/{dossierId}/scans/{scanId}/confirm',
  },
  NoSuchPaper: { given: 'registered', by: 'clerk', path: '/v1/dossiers/{dossierId}/label' },
  NotYourList: { by: 'portal', path: '/v1/dossiers?place=Registered' },
  CursorRefused: { by: 'clerk', path: '/v1/dossiers?cursor=made-up' },
  UnknownSubscription: { by: 'portal', path: '/v1/subscriptions/sub-00000000000000000000000000' },
  TooManySubscriptions: {
    given: 'manySubscriptions',
    by: 'portal',
    method: 'POST',
    path: '/v1/subscriptions',
    body: {},
  },
  AddressRefused: {
    by: 'portal',
    method: 'POST',
    path: '/v1/subscriptions',
    body: { url: 'http://portal.example/dossier-post' },
  },
  NoWebhook: { given: 'subscribed', by: 'portal', method: 'POST', path: '/v1/subscriptions/{subscriptionId}/test' },
  UnknownDelivery: {
    given: 'webhookThere',
    by: 'portal',
    method: 'POST',
    path: '/v1/subscriptions/{subscriptionId}/redeliver',
    body: { lane: 0, sequence: 1 },
  },
  FeedFellBehind: {
    given: 'fellBehind',
    by: 'portal',
    path: '/v1/subscriptions/{subscriptionId}/events?after={cursor}',
  },
  MalformedJson: registering({}, { body: '{"frontDoor": "counter",' }),
  DuplicateKey: registering({}, { body: '{"frontDoor": "counter", "frontDoor": "pickup"}' }),
  BrokenUtf8: registering({}, { body: '{"frontDoor": "\uFFFD"}' }),
  UnsupportedMediaType: registering({}, { headers: { ...keyed, 'content-type': 'text/plain' } }),
  BodyTooLarge: registering({}, { padding: 70_000 }),
  InvalidRequest: registering(
    { applicant: { fullName: 'Nguyễn Thị Ví Dụ' } },
    { headers: { 'idempotency-key': 'short' } },
  ),
  NoUnit: { ...reading, by: 'homeless' },
  StillInFlight: registering({}, { given: 'keyInFlight' }),
  NoSuchRoute: { by: 'nobody', path: '/v1/nowhere' },
  NoSuchMethod: { by: 'nobody', method: 'DELETE', path: '/v1/health' },
  NotReached: {
    given: 'slow',
    by: 'clerk',
    method: 'POST',
    path: '/v1/events',
    body: {
      items: Array.from({ length: 200 }, (_none, n) => ({
        dossierId: '{dossierId}',
        eventId: `{eventId}-${n}`,
        type: 'Scanned',
        occurredAt: when,
        details: seen,
      })),
    },
  },
  DossierUnreadable: { ...reading, given: 'unreadable' },
  Unexpected: { ...reading, given: 'storeAway' },
  BadRequest: { by: 'nobody', path: '/t/%zz' },
  Unauthorized: { ...reading, by: 'nobody' },
  Forbidden: { ...registering({}), by: 'courier' },
  TooLarge: registering({}, { padding: 11 * 1024 * 1024 }),
  Unavailable: { ...reading, given: 'functionAway' },
};

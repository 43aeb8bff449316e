import * as z from 'zod';
import { roles } from '../contract/roles.ts';
import { frontDoors } from '../domain/journey/dossier.ts';
import { eventTypes } from '../domain/journey/events.ts';
import { places } from '../domain/journey/places.ts';

/** What the API answers, as far as its callers here read it. Fields they do not read may come and go. */

const instant = z.iso.datetime();
const place = z.object({
  name: z.enum(places),
  vi: z.string(),
  en: z.string(),
  nationalStatus: z.int(),
  holder: z.string(),
  end: z.boolean(),
});
const party = z.object({ role: z.enum([...roles, 'clock']), unit: z.string() });
const action = z.object({
  event: z.enum(eventTypes),
  to: z.array(z.enum(places)),
  requires: z.array(z.string()),
  allows: z.array(z.string()),
  vi: z.string(),
  en: z.string(),
});

const event = z.object({
  eventId: z.string(),
  number: z.int(),
  type: z.enum(eventTypes),
  vi: z.string(),
  en: z.string(),
  from: z.enum(places),
  to: z.enum(places),
  occurredAt: instant,
  receivedAt: instant,
  by: party,
  details: z.record(z.string(), z.unknown()),
  dueAt: instant.optional(),
});
export type EventAnswer = z.infer<typeof event>;

const charges = z.object({
  tariff: z.string(),
  stateFee: z.int(),
  dueAtCollection: z.int(),
  dueOnDelivery: z.int(),
  lines: z.array(z.object({ kind: z.string(), amount: z.int(), due: z.enum(['at-collection', 'on-delivery']) })),
});

export const dossierAnswer = z.object({
  dossierId: z.string(),
  trackingCode: z.string(),
  version: z.int(),
  frontDoor: z.enum(frontDoors),
  place,
  since: instant,
  dueAt: instant.optional(),
  overdue: z.boolean(),
  agencyId: z.string(),
  postOfficeId: z.string(),
  deliveryPostOfficeId: z.string(),
  charges,
  attempts: z.object({ pickup: z.int(), delivery: z.int() }),
  allowedActions: z.array(action),
});
export type DossierAnswer = z.infer<typeof dossierAnswer>;

export const dossierWithTimeline = dossierAnswer.extend({
  applicant: z.object({ fullName: z.string(), phone: z.string(), address: z.string() }).optional(),
  timeline: z.array(event),
});
export type DossierWithTimeline = z.infer<typeof dossierWithTimeline>;

export const recordedAnswer = z.object({ event, place, version: z.int(), allowedActions: z.array(action) });
export type RecordedAnswer = z.infer<typeof recordedAnswer>;

export const uploadAnswer = z.object({
  scanId: z.string(),
  upload: z.object({
    method: z.literal('POST'),
    url: z.url(),
    fields: z.record(z.string(), z.string()),
    expiresAt: instant,
  }),
});
export type UploadAnswer = z.infer<typeof uploadAnswer>;

export const scanAnswer = z.object({
  scanId: z.string(),
  status: z.string(),
  kind: z.string(),
  contentType: z.string(),
  size: z.int(),
  sha256: z.string(),
});
export type ScanAnswer = z.infer<typeof scanAnswer>;

export const linkAnswer = z.object({
  scanId: z.string(),
  contentType: z.string(),
  size: z.int(),
  url: z.url(),
  expiresAt: instant,
});
export type LinkAnswer = z.infer<typeof linkAnswer>;

export const trackAnswer = z.object({
  trackingCode: z.string(),
  place,
  dueAt: instant.optional(),
  stages: z.array(z.object({ vi: z.string(), en: z.string(), at: instant, atLocal: z.string() })),
});
export type TrackAnswer = z.infer<typeof trackAnswer>;

/** A refusal; the gateway's own refusals carry no more than a message. */
export const problemAnswer = z.looseObject({
  code: z.string().optional(),
  title: z.string().optional(),
  titleVi: z.string().optional(),
  detail: z.string().optional(),
  message: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
export type ProblemAnswer = z.infer<typeof problemAnswer>;

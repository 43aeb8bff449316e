import type { Answer, Refused, Request, UseCase } from '../../contract/operation.ts';
import { actionsView, eventView, placeView } from '../../contract/dossier-view.ts';
import type { recordEvent as operation } from '../../contract/record-event.ts';
import type { BookWriter, DeliveryWriter } from '../../domain/ports/book.ts';
import { decide } from '../../domain/journey/decide.ts';
import type { Report } from '../../domain/journey/report.ts';
import { isParty, type Dossier, type JourneyEvent, type Party } from '../../domain/journey/dossier.ts';
import type { Details } from '../../domain/journey/events.ts';
import { sameReport } from '../../domain/journey/same-report.ts';

export interface RecordEventPorts {
  readonly book: DeliveryWriter;
  readonly now: () => number;
}

/** Records what somebody reports, if the law lets it happen. A duplicate is answered as the first time. */
export function recordEvent({ book, now }: RecordEventPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId }, body }, caller) => {
    const dossier = await book.head(dossierId);
    if (!dossier || !isParty(dossier, caller)) return { refusal: { name: 'UnknownDossier' } };
    const report = reportOf(body, caller);
    if (await book.eventById(dossierId, report.eventId)) return lost(book, report, caller, dossier);
    if (body.expectedVersion !== undefined && body.expectedVersion !== dossier.version)
      return { refusal: { name: 'Overtaken' }, dossier };
    const decision = decide(dossier, report, now());
    if (!decision.ok) return { refusal: decision.refusal, dossier };
    const written = await book.append(decision.value, body.details.receiver?.name);
    return written === 'written'
      ? recorded(decision.value.event, decision.value.dossier, caller, 201)
      : lost(book, report, caller, dossier);
  };
}

/** Somebody was faster: with this very event, or with another one. The head is read again, for it has moved since. */
async function lost(
  book: BookWriter,
  report: Report,
  caller: Party,
  read: Dossier,
): Promise<Answer<typeof operation> | Refused> {
  const dossier = (await book.head(read.dossierId)) ?? read;
  const known = await book.eventById(dossier.dossierId, report.eventId);
  return known ? again(known, report, dossier, caller) : { refusal: { name: 'Overtaken' }, dossier };
}

function again(
  known: JourneyEvent,
  report: Report,
  dossier: Dossier,
  caller: Party,
): Answer<typeof operation> | Refused {
  return sameReport(known, report)
    ? recorded(known, dossier, caller, 200)
    : { refusal: { name: 'EventIdReused' }, dossier };
}

function recorded(event: JourneyEvent, dossier: Dossier, caller: Party, status: 200 | 201): Answer<typeof operation> {
  return {
    status,
    body: {
      event: eventView(event),
      place: placeView(dossier.place),
      version: dossier.version,
      allowedActions: actionsView(dossier, caller),
    },
  };
}

function reportOf(
  { eventId, type, occurredAt, device, details }: Request<typeof operation>['body'],
  by: Party,
): Report {
  const { receiver, ...rest } = details;
  const said: Details = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    eventId,
    type,
    occurredAt,
    by,
    ...(device === undefined ? {} : { device }),
    details: receiver ? { ...said, receiver: { relationship: receiver.relationship } } : said,
  };
}

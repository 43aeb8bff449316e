import type { Answer, Refused, Request, UseCase } from '../../contract/operation.ts';
import { actionsView, eventView, placeView } from '../../contract/dossier-view.ts';
import type { recordEvent as operation } from '../../contract/record-event.ts';
import type { DeskWriter, Personal } from '../../domain/ports/book.ts';
import { decide } from '../../domain/journey/decide.ts';
import type { Report } from '../../domain/journey/report.ts';
import { isParty, type Dossier, type JourneyEvent, type Party } from '../../domain/journey/dossier.ts';
import type { Details } from '../../domain/journey/events.ts';
import { sameReport } from '../../domain/journey/same-report.ts';

export interface RecordEventPorts {
  readonly book: DeskWriter;
  readonly now: () => number;
}

/** Records what somebody reports, if the law lets it happen. A duplicate is answered as the first time. */
export function recordEvent({ book, now }: RecordEventPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId }, body }, caller) => {
    const dossier = await book.head(dossierId);
    if (!dossier || !isParty(dossier, caller)) return { refusal: { name: 'UnknownDossier' } };
    const { report, personal } = saidBy(body, caller);
    if (await book.eventById(dossierId, report.eventId)) return lost(book, { report, personal }, caller, dossier);
    if (body.expectedVersion !== undefined && body.expectedVersion !== dossier.version)
      return { refusal: { name: 'Overtaken' }, dossier };
    const decision = decide(dossier, report, now());
    if (!decision.ok) return { refusal: decision.refusal, dossier };
    const written = await book.append(decision.value, personal);
    if (written === 'written') return recorded(decision.value.event, decision.value.dossier, caller, 201);
    if (written === 'code-taken') return { refusal: { name: 'ItemCodeRefused', why: 'taken' }, dossier };
    return lost(book, { report, personal }, caller, dossier);
  };
}

/** Somebody was faster: with this very event, or with another one. The head is read again, for it has moved since. */
async function lost(
  book: DeskWriter,
  said: Said,
  caller: Party,
  read: Dossier,
): Promise<Answer<typeof operation> | Refused> {
  const dossier = (await book.head(read.dossierId)) ?? read;
  const known = await book.eventById(dossier.dossierId, said.report.eventId);
  if (!known) return { refusal: { name: 'Overtaken' }, dossier };
  const isSame = sameReport(known, said.report) && (await book.isSamePersonal(dossier, known.eventId, said.personal));
  return isSame ? recorded(known, dossier, caller, 200) : { refusal: { name: 'EventIdReused' }, dossier };
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

/** What somebody says happened, and, apart from it, what he says of people. */
interface Said {
  readonly report: Report;
  readonly personal: Personal;
}

function saidBy({ eventId, type, occurredAt, device, details }: Request<typeof operation>['body'], by: Party): Said {
  const { receiver, contact, ...rest } = details;
  const said: Details = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    report: {
      eventId,
      type,
      occurredAt,
      by,
      ...(device === undefined ? {} : { device }),
      details: {
        ...said,
        ...(receiver === undefined ? {} : { receiver: { relationship: receiver.relationship } }),
        ...(contact === undefined ? {} : { contact: { field: 'phone' } }),
      },
    },
    personal: {
      ...(receiver === undefined ? {} : { receiverName: receiver.name }),
      ...(contact === undefined ? {} : { phone: contact.phone }),
    },
  };
}

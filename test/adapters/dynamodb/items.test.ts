import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import {
  bagFactItem,
  deviceItem,
  executionItem,
  eventItem,
  headItem,
  matterItem,
  noteItem,
  readEvent,
  scanItem,
} from '../../../adapters/dynamodb/items.ts';
import type { BagFact } from '../../../domain/custody/bag.ts';
import type { Dossier, JourneyEvent, Judgement, Note } from '../../../domain/journey/dossier.ts';
import type { Scan } from '../../../domain/scans.ts';
import { courier, dossierAt, hour, monday, registered, truth } from '../../domain/journey/town.ts';

const papers = { originals: 2, copies: 1 };
const term = {
  kind: 'hand-back',
  eventId: 'e-7',
  owner: 'PO-NARI',
  openedAt: monday,
  dueAt: monday + hour,
  days: 3,
} as const;
const by = { ...courier, person: 'sub-1' };
const edition = { law: 6, calendar: 'VN' };
const {
  registeredBy: _by,
  place: _place,
  version: _version,
  milestone: _milestone,
  since: _since,
  ...opening
} = registered('counter');

/** Everything that a field can hold is there: whoever adds a field is asked for it here by the compiler. */
const details = {
  ...truth(dossierAt('AtAgency'), 'Collected', monday),
  documents: [
    { document: 0, form: 'original', count: 1, toReturn: true, state: 'damaged', reason: 'damaged' },
    { document: 'result', form: 'copy', count: 2 },
  ],
} as const;
const judgement: Required<Judgement> = {
  standing: 'parked',
  from: 'Collected',
  to: 'InTransitToAgency',
  moves: true,
  dueAt: monday + hour,
  resultDueAt: monday + 2 * hour,
  effects: ['charge', 'remind'],
  disputes: [{ field: 'papers', expected: '2 + 1', said: '1 + 1' }],
  proofPending: ['evidence'],
  opens: [term],
  ends: ['rest'],
  charged: [{ kind: 'state-fee', amount: 5, due: 'on-delivery' }],
  nationalStatus: 4,
};
const note: Required<Note> = {
  eventId: 'e-1',
  type: 'Scanned',
  occurredAt: monday,
  receivedAt: monday + 1,
  claimedAt: monday + 2,
  doubt: 'future',
  aheadSeconds: 3,
  skewSeconds: 4,
  by,
  device: { id: 'phone-1', sequence: 5 },
  details,
  edition,
};

describe('what is written into the book', () => {
  it('an event comes back with everything that it holds', () => {
    const {
      legs: _legs,
      attempts: _attempts,
      reminders: _reminders,
      dueAt: _dueAt,
      nationalStatus: _status,
      ...opened
    } = opening;
    const event: Required<JourneyEvent> = {
      ...note,
      ...judgement,
      number: 6,
      milestone: true,
      ringsAt: monday + 3,
      opened,
      after: { place: 'AtAgency', dueAt: monday + 4, ringsAt: monday + 5 },
      previous: 'a',
      trackingCode: { from: '1', to: '2' },
      digest: 'b',
      order: [1, 3, 2],
      judgedAnew: [{ ...judgement, number: 2 }],
    };
    expect(readEvent(z.encode(eventItem, event))).toEqual(event);
  });

  it('a head comes back with everything that it holds', () => {
    const head: Required<Dossier> = {
      ...opening,
      charges: { ...opening.charges, stateFeeUnknown: true },
      messages: { channel: 'zalo', language: 'en', toReceiver: true },
      registeredBy: by,
      place: 'AtAgency',
      version: 60,
      milestone: 6,
      idle: [41, 42, 43, 45],
      since: monday,
      dueAt: monday + 1,
      reminders: 2,
      papers,
      sealNumber: 'BK-1',
      officialCode: 'H-1',
      resultDueAt: monday + 2,
      legs: [
        { kind: 'inbound', itemCode: 'RA1', from: monday, until: monday + 1 },
        { kind: 'result', itemCode: 'RA2', from: monday },
      ],
      attempts: { pickup: 1, delivery: 2 },
      lostFrom: 'Collected',
      heardAt: monday + 3,
      invitedAt: [monday + 4],
      acceptedAt: monday + 5,
      terms: [term],
      wayEndsAt: monday + 6,
      nationalStatus: 4,
      ringsAt: monday + 7,
      isShifted: true,
      digest: 'c',
      pending: 1,
      judgedAnewAt: 9,
    };
    const item = z.encode(headItem, head);
    expect(headItem.parse(item)).toEqual(head);
    // Runs of numbers and terms are short: they are written with every event.
    expect(item).toMatchObject({
      idle: '41-43,45',
      since: '2026-03-02T01:00:00.000Z',
      terms: ['hand-back e-7 PO-NARI 2026-03-02T01:00:00.000Z 2026-03-02T02:00:00.000Z 3'],
    });
  });

  it('a term of a kind that is none is not read', () => {
    const item = z.encode(headItem, { ...dossierAt('AtAgency'), terms: [term] });
    const [line = ''] = item.terms ?? [];
    expect(headItem.safeParse({ ...item, terms: [line.replace('hand-back', 'nothing')] }).success).toBe(false);
    expect(headItem.safeParse(item).success).toBe(true);
  });

  it('a note, a matter, a scan, a bag’s fact and a device’s clock come back with everything that they hold', () => {
    expect(noteItem.parse(z.encode(noteItem, note))).toEqual(note);
    const matter = { kind: 'dispute', eventId: 'e-1', owner: 'PO-NARI', openedAt: monday } as const;
    expect(matterItem.parse(z.encode(matterItem, matter))).toEqual(matter);
    const scan: Required<Scan> = {
      scanId: 's-1',
      dossierId: 'd-1',
      kind: 'result',
      contentType: 'application/pdf',
      size: 7,
      sha256: 'f'.repeat(64),
      status: 'verified',
      rescanFor: 's-0',
      requestedAt: monday,
      decidedAt: monday + 1,
      fault: 'too-large',
      contents: {
        pages: 1,
        widthPixels: 2,
        heightPixels: 3,
        orientation: 6,
        flags: ['javascript', 'permissions'],
        pictures: 4,
        preview: true,
        virusFree: true,
      },
    };
    expect(scanItem.parse(z.encode(scanItem, scan))).toEqual(scan);
    const fact: Required<BagFact> = {
      bagCode: 'TUI-1',
      eventId: 'e-1',
      type: 'Scanned',
      occurredAt: monday,
      keptAt: monday + 1,
      by,
      device: { id: 'phone-1', sequence: 5 },
      details,
      lines: [{ dossierId: 'd-1' }, { dossierId: 'd-2', type: 'Dispatched', details }],
    };
    expect(bagFactItem.parse(z.encode(bagFactItem, fact))).toEqual(fact);
    const clock = { skewSeconds: -5, measuredAt: monday };
    expect(deviceItem.parse(z.encode(deviceItem, clock))).toEqual(clock);
  });

  it('the line of an execution is read with its wait where it has one, and an empty token is none', () => {
    const at = '2026-03-02T01:00:00.000Z';
    const line = {
      generation: 2,
      followed: 6,
      raisedAt: at,
      formerToken: 't-0',
      dueAt: at,
      waitingSince: at,
      nudgedAt: at,
      resumedAt: [at],
      pausedAt: at,
    };
    const read = {
      generation: 2,
      raisedAt: monday,
      formerToken: 't-0',
      renewAt: monday,
      waitingSince: monday,
      nudgedAt: monday,
      resumedAt: [monday],
      pausedAt: monday,
    };
    expect(executionItem.parse(line)).toEqual(read);
    const waiting = { ...line, place: 'AtAgency', taskToken: 't-1', edition: 4 };
    const wait = { place: 'AtAgency', taskToken: 't-1', followed: 6, edition: 4 };
    expect(executionItem.parse(waiting)).toEqual({ ...read, wait });
    const { edition: _first, ...early } = waiting;
    expect(executionItem.parse(early)).toEqual({ ...read, wait: { ...wait, edition: 1 } });
    expect(executionItem.parse({ ...line, taskToken: 't-1' })).toEqual(read);
    expect(executionItem.parse({ ...line, place: 'AtAgency' })).toEqual(read);
    expect(executionItem.parse({ generation: 1, followed: 1, formerToken: '' })).toEqual({
      generation: 1,
      resumedAt: [],
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import * as feedKeys from '../../../adapters/dynamodb/feed-keys.ts';
import * as keys from '../../../adapters/dynamodb/keys.ts';

const at = Date.UTC(2026, 2, 2, 1);

/** What lies in the tables lies under these: a key that is written otherwise finds nothing of it any more. */
const stored: readonly (readonly [string, string])[] = [
  [keys.dossierKey('d-1'), 'DOSSIER#d-1'],
  [keys.head, 'HEAD'],
  [keys.execution, 'WAIT'],
  [keys.eventKey(7), 'EVENT#000007'],
  [keys.eventIdKey('e-1'), 'EVENTID#e-1'],
  [keys.scanKey('s-1'), 'SCAN#s-1'],
  [keys.scanRoom, 'SCANS'],
  [keys.findingKey('due'), 'FINDING#due'],
  [keys.noteKey('2026-03-02T01:00:00.000Z', 'e-1'), 'NOTE#2026-03-02T01:00:00.000Z#e-1'],
  [keys.noteCountKey('2026-03-02'), 'NOTES#2026-03-02'],
  [keys.matterKey({ kind: 'dispute', eventId: 'e-1' }), 'MATTER#dispute#e-1'],
  [keys.lookKey({ at, requestId: 'r-1' }), 'LOOK#2026-03-02T01:00:00.000Z#r-1'],
  [keys.printKey('slip'), 'PRINT#slip'],
  [keys.trackingKey('123'), 'TRACKING#123'],
  [keys.itemCodeKey('RA1'), 'ITEM#RA1'],
  [keys.officialCodeKey('H19'), 'OFFICIAL#H19'],
  [keys.deskCountsKey('PO-NARI'), 'DESK#PO-NARI'],
  [keys.deviceKey('PO-NARI', 'phone-1'), 'DEVICE#PO-NARI#phone-1'],
  [keys.bagKey('TUI-1'), 'BAG#TUI-1'],
  [keys.manifest, 'MANIFEST'],
  [keys.bagFactKey('e-1'), 'FACT#e-1'],
  [keys.registrationKey('f'), 'REGISTRATION#f'],
  [keys.answerKey('f'), 'ANSWER#f'],
  [keys.answerOf, 'ANSWER'],
  [keys.personKey('p-1'), 'PERSON#p-1'],
  [keys.applicant, 'APPLICANT'],
  [keys.contactKey('e-1'), 'CONTACT#e-1'],
  [keys.receiverKey('e-1'), 'RECEIVER#e-1'],
  [feedKeys.subscriptionsKey, 'SUBSCRIPTIONS'],
  [feedKeys.ofUnitKey('PO-NARI'), 'UNIT#PO-NARI'],
  [feedKeys.publishedKey, 'PUBLISHED'],
  [feedKeys.feedKey('s-1'), 'FEED#s-1'],
  [feedKeys.laneKey(3), 'LANE#03'],
  [feedKeys.entriesKey('s-1', 12), 'FEED#s-1#LANE#12'],
  [feedKeys.entryKey(42), '000000000042'],
  [feedKeys.sentKey(3), 'SENT#03'],
  [feedKeys.senderKey, 'SENDER'],
  [feedKeys.deliveriesKey('s-1'), 'DELIVERIES#s-1'],
  [feedKeys.deliveryKey({ at, lane: 3, sequence: 42 }), '2026-03-02T01:00:00.000Z#LANE#03#000000000042'],
];

describe('the keys of the tables', () => {
  it('the keys of the tables are written as they always were', () => {
    expect(stored.map(([key]) => key)).toEqual(stored.map(([, text]) => text));
  });

  it('the keys of the tables say what they are of, and those of other items do not', () => {
    expect(keys.dossierIdIn('DOSSIER#d-1')).toBe('d-1');
    expect([keys.dossierIdIn('BAG#d-1'), keys.dossierIdIn('DOSSIER#')]).toEqual([undefined, undefined]);
    expect(keys.arrivalIn('EVENT#000007')).toEqual({ number: 7 });
    expect(keys.arrivalIn('NOTE#x#y')).toEqual({ note: 'NOTE#x#y' });
    expect([keys.arrivalIn('HEAD'), keys.arrivalIn('EVENTID#e-1')]).toEqual([undefined, undefined]);
    expect(keys.eventNumberIn('EVENT#000007')).toBe(7);
    expect([keys.eventNumberIn('EVENT#7'), keys.eventNumberIn('HEAD')]).toEqual([undefined, undefined]);
    expect(keys.matterIn('MATTER#dispute#e-1')).toEqual({ kind: 'dispute', eventId: 'e-1' });
    expect([keys.matterIn('MATTER#dispute'), keys.matterIn('HEAD')]).toEqual([undefined, undefined]);
    expect(keys.bagFactIn('BAG#TUI-1', 'FACT#e-1')).toEqual({ bagCode: 'TUI-1', eventId: 'e-1' });
    expect([keys.bagFactIn('BAG#TUI-1', 'MANIFEST'), keys.bagFactIn('DOSSIER#d-1', 'FACT#e-1')]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { custodyOf, type Custody } from '../../../domain/custody/custody.ts';
import { takeIn } from '../../../domain/intake/take-in.ts';
import { allowedActions } from '../../../domain/journey/allowed-actions.ts';
import type { Party } from '../../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../../domain/journey/events.ts';
import { asJudged } from '../../../domain/journey/judged.ts';
import { memoryBook } from '../../doubles/book.ts';
import { clerk, courier, everybody, hour, label, officer, only, opening, report, truth } from '../journey/town.ts';

const agency = 'AG-PASC-BACKAN';
const papers = { originals: 1, copies: 1 };
const documents = [
  { document: 0, form: 'original', count: 1, toReturn: true },
  { document: 0, form: 'copy', count: 1 },
] as const;
const signed = [{ kind: 'signature', sha256: 'a'.repeat(64) }] as const;

type Said = readonly [Party, EventType, Details];

/** Tells a story, each an hour after the one before, and says who has what then. */
async function told(...story: readonly Said[]): Promise<Custody & { readonly words: readonly string[] }> {
  const book = memoryBook();
  const { event, dossier } = opening('counter');
  book.lay(dossier, [event]);
  let now = dossier.since;
  for (const [by, type, details] of story) {
    now += hour;
    const said = { dossierId: dossier.dossierId, report: report(by, type, details, now), personal: {} };
    const taken = await takeIn({ book, now: () => now, pause: async () => undefined }, said);
    if ('refusal' in taken) throw new Error(`${type}: ${JSON.stringify(taken.refusal)}`);
  }
  const custody = custodyOf(
    asJudged(await book.timeline(dossier.dossierId)),
    await book.notes(dossier.dossierId, 100),
    agency,
  );
  const words = custody.documents.map(({ document, form, holder, state }) =>
    [
      document,
      form,
      holder.kind,
      'unit' in holder ? holder.unit : 'lastSigner' in holder ? holder.lastSigner : '',
      state,
    ]
      .filter((word) => word !== undefined && word !== '')
      .join(' '),
  );
  return { ...custody, words };
}

const { charges } = opening('counter').dossier;
function person(party: Party, name: string): Party {
  return { ...party, person: name };
}
const collected: Said = [
  clerk,
  'Collected',
  { papers, documents, sealNumber: 'BK-0001', amountCollected: charges.dueAtCollection, evidence: signed },
];
function dispatched(): Said {
  return [clerk, 'Dispatched', { itemCode: label() }];
}
const offered: Said = [person(courier, 'anh-bưu-tá'), 'HandoverOffered', { papers, feeHandedOver: charges.stateFee }];
function handed(details: Details = {}): Said {
  return [
    person(officer, 'chị-một-cửa'),
    'HandedToAgency',
    { papers, sealIntact: true, feeHandedOver: charges.stateFee, resultDueAt: Date.UTC(2026, 2, 20), ...details },
  ];
}
const announced: Said = [officer, 'ResultAnnounced', {}];
function fetched(): Said {
  return [courier, 'ResultCollected', { itemCode: label() }];
}
function delivered(details: Details = {}): Said {
  return [
    courier,
    'Delivered',
    {
      receiver: { relationship: 'self' },
      identityPaper: 'citizen-card',
      evidence: signed,
      amountCollected: 0,
      ...details,
    },
  ];
}

// Holds ADR 0024.
describe('who has which document', () => {
  it('who has which document is told line by line, from the counter to the agency and home, each change of hands signed by both', async () => {
    const { words, chain, breaks } = await told(
      collected,
      dispatched(),
      offered,
      handed(),
      announced,
      fetched(),
      [courier, 'OutForDelivery', {}],
      delivered(),
    );
    // The original came back with the result; the copy is the agency's.
    expect(words).toEqual(['0 original citizen', `0 copy agency ${agency}`, 'result original citizen']);
    expect(chain.map(({ type, from, to, lines, signed: by }) => [type, from.kind, to.kind, lines, by])).toEqual([
      ['Collected', 'citizen', 'post', 2, 'both'],
      ['HandedToAgency', 'post', 'agency', 2, 'both'],
      ['ResultCollected', 'agency', 'post', 2, 'receiver'],
      ['Delivered', 'post', 'citizen', 2, 'both'],
    ]);
    expect(breaks.map(({ kind, owner }) => [kind, owner])).toEqual([['one-sided', agency]]);
  });

  it('who has which document is not signed by both where one and the same person offers and confirms', async () => {
    const same = 'một-người';
    const { chain } = await told(
      collected,
      dispatched(),
      [person(courier, same), 'HandoverOffered', { papers }],
      [
        { ...person(courier, same) },
        'HandedToAgency',
        {
          papers,
          sealIntact: true,
          feeHandedOver: charges.stateFee,
          resultDueAt: Date.UTC(2026, 2, 20),
          receiver: { relationship: 'officer' },
        },
      ],
    );
    expect(chain.at(-1)).toMatchObject({ type: 'HandedToAgency', signed: 'giver' });
  });

  it('who has which document is proven by the picture of the signed record where the agency does not log in', async () => {
    const { chain, breaks } = await told(collected, dispatched(), [
      courier,
      'HandedToAgency',
      {
        papers,
        sealIntact: true,
        feeHandedOver: charges.stateFee,
        resultDueAt: Date.UTC(2026, 2, 20),
        receiver: { relationship: 'officer' },
        evidence: [{ kind: 'record', sha256: 'b'.repeat(64) }],
      },
    ]);
    expect(chain.at(-1)).toMatchObject({ signed: 'both', to: { kind: 'agency', unit: agency } });
    expect(breaks).toEqual([]);
  });

  it('who has which document is not known of a line that the agency did not find, and whoever signed last has to say', async () => {
    const { words, breaks } = await told(
      collected,
      dispatched(),
      offered,
      handed({ papers: { originals: 0, copies: 1 }, documents: [{ ...documents[0], state: 'missing' }, documents[1]] }),
    );
    expect(words).toEqual(['0 original unknown PO-BACKAN', `0 copy agency ${agency}`]);
    expect(breaks).toContainEqual(expect.objectContaining({ kind: 'missing', owner: 'PO-BACKAN' }));
  });

  it('who has which document stays with the post for a line that the agency refused', async () => {
    const { words } = await told(
      collected,
      dispatched(),
      offered,
      handed({ documents: [documents[0], { ...documents[1], state: 'refused', reason: 'not-eligible' }] }),
    );
    expect(words).toEqual([`0 original agency ${agency}`, '0 copy post PO-BACKAN refused']);
  });

  it('who has which document is not known while the item is missing, and known again with whoever finds it', async () => {
    const lost: Said = [courier, 'ReportedMissing', { reason: 'not-found-in-bag' }];
    const missing = await told(collected, dispatched(), lost);
    expect(missing.words).toEqual(['0 original unknown PO-BACKAN', '0 copy unknown PO-BACKAN']);
    expect(missing.breaks).toMatchObject([{ kind: 'missing', owner: 'PO-BACKAN' }]);
    const found = await told(collected, dispatched(), lost, [clerk, 'Found', {}]);
    expect(found.words).toEqual(['0 original post PO-BACKAN', '0 copy post PO-BACKAN']);
    expect(found.breaks).toEqual([]);
  });

  it('who has which document: papers that the receiver gave up travel to the agency, and are there when it says so', async () => {
    const upTo: readonly Said[] = [
      collected,
      dispatched(),
      offered,
      handed(),
      announced,
      fetched(),
      [courier, 'OutForDelivery', {}],
    ];
    const surrendered = delivered({ papersTakenBack: { originals: 1, copies: 0 } });
    expect((await told(...upTo, surrendered)).words).toContain('-1 original post PO-BACKAN');
    const back: Said = [officer, 'HandedBack', { evidence: [{ kind: 'record', sha256: 'c'.repeat(64) }] }];
    expect((await told(...upTo, surrendered, back)).words).toContain(`-1 original agency ${agency}`);
  });

  it('who has which document: what was missing at the door is with the citizen when the rest is delivered', async () => {
    const missing = { document: 'result', form: 'original', count: 1, state: 'missing' } as const;
    const partly: readonly Said[] = [
      collected,
      dispatched(),
      offered,
      handed(),
      announced,
      fetched(),
      [courier, 'OutForDelivery', {}],
      delivered({ documents: [documents[0], missing] }),
    ];
    expect((await told(...partly)).words).toContain('result original unknown PO-BACKAN');
    const rest: Said = [courier, 'RestDelivered', { receiver: { relationship: 'self' }, evidence: signed }];
    const whole = await told(...partly, rest);
    expect(whole.words).toContain('result original citizen');
    expect(whole.breaks.filter(({ kind }) => kind === 'missing')).toEqual([]);
  });

  it('who has which document: an offer to the agency is no signature of the agency on what it gives out', async () => {
    const { chain } = await told(collected, dispatched(), handed(), offered, announced, fetched());
    expect(chain.at(-1)).toMatchObject({ type: 'ResultCollected', signed: 'receiver' });
  });

  it('who has which document: a second claim to the same original changes no hands, and lies on a desk', async () => {
    const twice = await told(collected, dispatched(), offered, handed(), [
      courier,
      'HandedToAgency',
      { papers, sealIntact: true, feeHandedOver: charges.stateFee, resultDueAt: Date.UTC(2026, 2, 20) },
    ]);
    expect(twice.chain.filter(({ type }) => type === 'HandedToAgency')).toHaveLength(1);
    expect(twice.words).toEqual([`0 original agency ${agency}`, `0 copy agency ${agency}`]);
  });

  it('who has which document is one holder for each line and form, whatever is told', async () => {
    const step = fc.record({ choice: fc.nat(999), missing: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const book = memoryBook();
        const { event, dossier } = opening('counter');
        book.lay(dossier, [event]);
        let now = dossier.since;
        for (const { choice } of steps) {
          now += hour;
          const head = (await book.head(dossier.dossierId)) ?? dossier;
          const open = everybody
            .filter(({ role }) => role !== 'clock')
            .flatMap((by) => allowedActions(head, by).map((action) => ({ by, action })));
          const chosen = open[choice % Math.max(1, open.length)];
          if (chosen === undefined) break;
          const { by, action } = chosen;
          const details = only(truth(head, action.event, now), [...action.requires, 'documents']);
          const said = { dossierId: dossier.dossierId, report: report(by, action.event, details, now), personal: {} };
          await takeIn({ book, now: () => now, pause: async () => undefined }, said);
          const custody = custodyOf(
            asJudged(await book.timeline(dossier.dossierId)),
            await book.notes(dossier.dossierId, 100),
            agency,
          );
          const lines = custody.documents
            .filter(({ document }) => document !== -1)
            .map(({ document, form }) => `${document} ${form}`);
          expect(new Set(lines).size).toBe(lines.length);
        }
      }),
      { numRuns: 150, seed: 20_261_129 },
    );
  });
});

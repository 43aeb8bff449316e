import { noBorder, type UseCase } from '../../contract/operation.ts';
import type { PaperSize } from '../../contract/paper.ts';
import type { Person } from '../../contract/register-dossier.ts';
import type { showApology } from '../../contract/show-apology.ts';
import type { showHandover } from '../../contract/show-handover.ts';
import type { showLabel } from '../../contract/show-label.ts';
import type { showManifest } from '../../contract/show-manifest.ts';
import type { showNotice } from '../../contract/show-notice.ts';
import type { showSlip } from '../../contract/show-slip.ts';
import type { showStatement } from '../../contract/show-statement.ts';
import type { Bags } from '../../domain/custody/bag.ts';
import { showLocalDay } from '../../domain/calendar/local-time.ts';
import type { SlipStatement } from '../../domain/codes/slip-statement.ts';
import { asJudged, type AsJudged } from '../../domain/journey/judged.ts';
import type { Dossier, Party } from '../../domain/journey/dossier.ts';
import type { Refusal } from '../../domain/journey/refusals.ts';
import type { Door, OpenedPaper, Seen } from '../../domain/people/door.ts';
import { handoverOf } from './handover.ts';
import { labelOf } from './label.ts';
import { printed, type Block, type Codes, type Copy } from './layout.ts';
import { apologyOf, noticeOf, statementOf } from './notices.ts';
import { slipOf } from './slip.ts';

export interface PrintPaperPorts {
  readonly door: Door<OpenedPaper<Person>>;
  readonly bags: Pick<Bags, 'manifest'>;
  readonly codes: Codes;
  /** Signs what a slip says of itself: what its QR code holds. */
  readonly sign: (statement: Omit<SlipStatement, 'keyId'>) => Promise<string>;
  /** Epoch milliseconds: when it is printed. */
  readonly now: () => number;
}

/** What a paper is made of. */
export interface Sources {
  readonly dossier: Dossier;
  readonly judged: AsJudged;
  /** Asked for by a paper that names people, and by no other; undefined once the data have been erased. */
  person(): Promise<Seen<Person> | undefined>;
  readonly sign: PrintPaperPorts['sign'];
  /** When it is printed. */
  readonly now: number;
}

/** A paper before it is laid out. */
export interface Paper {
  /** What is counted: each paper has originals of its own. */
  readonly name: string;
  readonly title: string;
  readonly copies: readonly Copy[];
}

interface PrintPaper {
  readonly slip: UseCase<typeof showSlip>;
  readonly label: UseCase<typeof showLabel>;
  readonly handover: UseCase<typeof showHandover>;
  readonly manifest: UseCase<typeof showManifest>;
  readonly statement: UseCase<typeof showStatement>;
  readonly apology: UseCase<typeof showApology>;
  readonly notice: UseCase<typeof showNotice>;
}

type Printed = { readonly status: 200; readonly body: string } | { readonly refusal: Refusal };

/**
 * Prints the papers of a dossier, or of a bag, for whoever has a right to it. Every print is counted before it is
 * answered: all but the first say that they are another.
 */
export function printPaper({ door, bags, codes, sign, now }: PrintPaperPorts): PrintPaper {
  const print = async (
    { printed: count }: Pick<OpenedPaper<Person>, 'printed'>,
    paper: Paper | undefined,
    size: PaperSize,
  ): Promise<Printed> => {
    if (paper === undefined) return { refusal: { name: 'NoSuchPaper' } };
    const again = (await count(paper.name)) - 1;
    const notice: readonly Block[] =
      again === 0 ? [] : [{ text: `BẢN IN LẠI lần ${again}, ngày ${showLocalDay(now())}`, look: 'notice' }];
    const copies = paper.copies.map((copy) => [...notice, ...copy]);
    return { status: 200, body: printed(paper.title, copies, size, codes) };
  };

  /** A paper of one dossier. */
  const ofDossier =
    (make: (sources: Sources) => Promise<Paper | undefined>) =>
    async (
      { path: { dossierId }, query: { size } }: { path: { dossierId: string }; query: { size: PaperSize } },
      caller: Party,
      { requestId } = noBorder,
    ): Promise<Printed> => {
      const opened = await door.open(dossierId, caller, 'read');
      if (!opened) return { refusal: { name: 'UnknownDossier' } };
      const judged = asJudged(await opened.timeline());
      const person = async () => opened.person(requestId);
      return print(opened, await make({ dossier: opened.dossier, judged, person, sign, now: now() }), size);
    };

  return {
    slip: async (request, caller, border) =>
      ofDossier(async (sources) => slipOf(sources, request.query.service))(request, caller, border),
    label: ofDossier(labelOf),
    handover: ofDossier(async ({ dossier }) => handoverOf([dossier])),
    statement: ofDossier(statementOf),
    apology: ofDossier(async (sources) => apologyOf(sources, now())),
    notice: ofDossier(noticeOf),
    manifest: async ({ path: { bagCode }, query: { size } }, caller) => {
      const inside = (await bags.manifest(bagCode)) ?? [];
      const opened = await Promise.all(inside.map(async (dossierId) => door.open(dossierId, caller, 'read')));
      const known = opened.filter((one) => one !== undefined);
      const [first] = known;
      // Counted with the first of what is in it: packed anew, it is another paper.
      if (first === undefined) return { refusal: { name: 'UnknownBag' } };
      const paper = handoverOf(
        known.map(({ dossier }) => dossier),
        bagCode,
      );
      return print(first, paper, size);
    },
  };
}

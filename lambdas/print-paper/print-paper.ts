import { noBorder, type Border, type UseCase } from '../../contract/operation.ts';
import type { PaperSize } from '../../contract/paper.ts';
import type { Person } from '../../contract/register-dossier.ts';
import type { showLabel } from '../../contract/show-label.ts';
import type { showSlip } from '../../contract/show-slip.ts';
import { showLocalDay } from '../../domain/calendar/local-time.ts';
import { asJudged, type AsJudged } from '../../domain/journey/judged.ts';
import type { Dossier, Party } from '../../domain/journey/dossier.ts';
import type { Refusal } from '../../domain/journey/refusals.ts';
import type { Door, OpenedPaper, Seen } from '../../domain/people/door.ts';
import { labelOf } from './label.ts';
import { printed, type Block, type Codes, type Copy } from './layout.ts';
import { slipOf } from './slip.ts';

export interface PrintPaperPorts {
  readonly door: Door<OpenedPaper<Person>>;
  readonly codes: Codes;
  /** Epoch milliseconds: when it is printed. */
  readonly now: () => number;
}

/** What a paper is made of. */
export interface Sources {
  readonly dossier: Dossier;
  readonly judged: AsJudged;
  /** Asked for by a paper that names people, and by no other; undefined once the data have been erased. */
  person(): Promise<Seen<Person> | undefined>;
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
}

/**
 * Prints the papers of a dossier for whoever has a right to it. Every print is counted before it is answered: all but
 * the first say that they are another.
 */
export function printPaper({ door, codes, now }: PrintPaperPorts): PrintPaper {
  const print = async (
    dossierId: string,
    size: PaperSize,
    caller: Party,
    { requestId }: Border,
    make: (sources: Sources) => Promise<Paper | undefined>,
  ): Promise<{ status: 200; body: string } | { refusal: Refusal }> => {
    const opened = await door.open(dossierId, caller, 'read');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const judged = asJudged(await opened.timeline());
    const person = async () => opened.person(requestId);
    const paper = await make({ dossier: opened.dossier, judged, person });
    if (paper === undefined) return { refusal: { name: 'NoSuchPaper' } };
    const again = (await opened.printed(paper.name)) - 1;
    const notice: readonly Block[] =
      again === 0 ? [] : [{ text: `BẢN IN LẠI lần ${again}, ngày ${showLocalDay(now())}`, look: 'notice' }];
    const copies = paper.copies.map((copy) => [...notice, ...copy]);
    return { status: 200, body: printed(paper.title, copies, size, codes) };
  };
  return {
    slip: async ({ path: { dossierId }, query: { size, service } }, caller, border = noBorder) =>
      print(dossierId, size, caller, border, (sources) => slipOf(sources, service)),
    label: async ({ path: { dossierId }, query: { size } }, caller, border = noBorder) =>
      print(dossierId, size, caller, border, labelOf),
  };
}

import * as z from 'zod';
import type { Name } from '../domain/catalogue/provenance.ts';
import { findProcedure } from '../domain/catalogue/procedures.ts';
import type { Custody, Holder } from '../domain/custody/custody.ts';
import { EventName, Instant } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { dossierId, shown } from './wire.ts';

const HolderView = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('citizen') }),
    z.strictObject({ kind: z.enum(['post', 'agency']), unit: z.string() }),
    z.strictObject({
      kind: z.literal('unknown'),
      since: Instant,
      lastSigner: z.string().meta({ description: 'The unit that signed for it last.' }),
    }),
  ])
  .meta({ id: 'Holder', description: 'Who has it; unknown since when, and who signed for it last.' });

const CustodyView = z
  .strictObject({
    documents: z
      .array(
        z.strictObject({
          document: z.union([z.int(), z.literal('result'), z.literal('taken-back')]),
          vi: z.string(),
          en: z.string(),
          form: z.enum(['original', 'copy']),
          count: z.int().min(1),
          toReturn: z.literal(true).exactOptional(),
          holder: HolderView,
          state: z.enum(['damaged', 'refused']).exactOptional(),
        }),
      )
      .readonly(),
    wanting: z
      .array(z.strictObject({ document: z.int(), vi: z.string(), en: z.string() }))
      .readonly()
      .meta({ description: 'What the agency’s published list has and the slip’s has not.' }),
    chain: z
      .array(
        z.strictObject({
          eventId: z.string(),
          type: EventName,
          at: Instant,
          from: HolderView,
          to: HolderView,
          lines: z.int().min(1),
          signed: z.enum(['both', 'giver', 'receiver']).meta({
            description: 'Both: offered by one person and confirmed by another, or a picture shows what both signed.',
          }),
        }),
      )
      .readonly(),
    breaks: z
      .array(
        z.strictObject({
          kind: z.enum(['missing', 'refused', 'counts-differ', 'one-sided']),
          eventId: z.string(),
          since: Instant,
          owner: z.string().meta({ description: 'The unit that has to mend it.' }),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Custody', description: 'Who has which document, how it came there, and where the chain is broken.' });

/** Who has which document, and the chain of hand-overs by which it came there. */
export const readCustody = {
  name: 'read-custody',
  method: 'GET',
  path: '/v1/dossiers/{dossierId}/custody',
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor', 'ops'],
  summary: { en: 'Who has which document', vi: 'Ai đang giữ giấy tờ nào' },
  request: z.strictObject({ path: z.strictObject({ dossierId }) }),
  statuses: [200],
  answer: CustodyView,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;

function holderView(holder: Holder): z.output<typeof HolderView> {
  return holder.kind === 'unknown' ? { ...holder, since: shown(holder.since) } : holder;
}

/** What a document is called. @param document as in a line of the slip; less than 0 for papers taken back */
export function documentName(document: number | 'result', procedureCode: string): Name {
  if (document === 'result') return { vi: 'Kết quả', en: 'Result' };
  if (document < 0) return { vi: 'Giấy tờ thu hồi', en: 'Papers taken back' };
  const number = document + 1;
  const listed = findProcedure(procedureCode)?.papers.value?.[document];
  return listed?.name ?? { vi: `Giấy tờ số ${number}`, en: `Document no. ${number}` };
}

/** The custody of a dossier in words. @param procedureCode whose published list names the documents */
export function custodyView(
  { documents, chain, breaks }: Custody,
  procedureCode: string,
): z.output<typeof CustodyView> {
  const listed = findProcedure(procedureCode)?.papers.value ?? [];
  const isThere = (index: number): boolean => documents.some(({ document }) => document === index);
  return {
    documents: documents.map(({ document, holder, ...line }) => ({
      document: document === -1 ? 'taken-back' : document,
      ...documentName(document, procedureCode),
      ...line,
      holder: holderView(holder),
    })),
    wanting:
      documents.length === 0
        ? []
        : listed.flatMap(({ name }, document) => (isThere(document) ? [] : [{ document, ...name }])),
    chain: chain.map(({ at, from, to, ...one }) => ({
      ...one,
      at: shown(at),
      from: holderView(from),
      to: holderView(to),
    })),
    breaks: breaks.map(({ since, ...one }) => ({ ...one, since: shown(since) })),
  };
}

import * as z from 'zod';
import { agencies, agencyTakes, findAgency } from '../domain/catalogue/agencies.ts';
import { postalList, procedures, type Procedure } from '../domain/catalogue/procedures.ts';
import { Dated, datesOf, Day, found, listing, marked, markedAs, Names, Source, sourceOf } from './catalogue.ts';
import { unitId } from './wire.ts';

const amount = z.int().nullable().meta({ description: 'Whole đồng; 0 is free, null is not known to us.' });

const ProcedureView = z
  .strictObject({
    code: z.string().meta({ description: 'The code of the national list.', examples: ['2.000488'] }),
    ...Names,
    competence: z.string().meta({ description: 'Which kind of agency decides it.' }),
    takenBy: z
      .array(z.enum(['service-centre', 'department', 'commune']))
      .readonly()
      .meta({ description: 'At which counters it may be handed in; /v1/agencies?procedureCode= names them.' }),
    postalUse: z
      .strictObject({
        send: z.boolean().meta({ description: 'The dossier may be sent by post.' }),
        receive: z.boolean().meta({ description: 'The result may be brought by post.' }),
        since: Day,
        decision: z.string(),
        ...Source,
      })
      .meta({ description: 'What may and what may not go by post, since when and by which decision.' }),
    stateFee: marked(amount),
    reducedFees: z.array(z.strictObject({ group: z.string(), ...Names, amount: z.int() })).readonly(),
    processing: marked(
      z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('same-day') }),
          z.strictObject({ kind: z.literal('working-days'), days: z.int().min(1) }),
        ])
        .nullable(),
    ).meta({ description: 'How long the agency may take; null is not known to us.' }),
    documents: marked(
      z
        .array(
          z.strictObject({
            document: z.int().meta({ description: 'Its number in lines of documents of an event.' }),
            ...Names,
            form: z.enum(['original', 'copy']),
          }),
        )
        .readonly()
        .nullable(),
    ).meta({ description: 'The published list of papers; null where it was not read.' }),
    surrenders: marked(z.array(z.strictObject(Names)).readonly()).meta({
      description: 'Old originals that are taken back against the result.',
    }),
    ...Dated,
    ...Source,
  })
  .meta({ id: 'Procedure' });

/** What may and what may not go by post, what it costs, how long it takes and which papers it needs. */
export const listProcedures = listing(
  'list-procedures',
  '/v1/procedures',
  { en: 'Administrative procedures, and what of them may go by post', vi: 'Danh mục thủ tục hành chính qua bưu chính' },
  ProcedureView,
  {
    agencyId: unitId.optional().meta({ description: 'Only what this agency takes.', examples: ['AG-PASC-BACKAN'] }),
  },
);

/** The procedures of a day. @param day `YYYY-MM-DD` */
export function proceduresOn(
  day: string,
  asked?: string,
  agencyId?: string,
): readonly z.output<typeof ProcedureView>[] {
  const agency = agencyId === undefined ? undefined : findAgency(agencyId);
  return found(procedures, day, asked, ({ code }) => [code])
    .filter((procedure) => agencyId === undefined || (agency !== undefined && agencyTakes(agency, procedure)))
    .map(procedureView);
}

function procedureView(procedure: Procedure): z.output<typeof ProcedureView> {
  const { code, name, competence, postalUse, stateFee, reducedFees, processing, papers, surrenders } = procedure;
  return {
    code,
    ...name,
    competence,
    takenBy: [...new Set(agencies.filter((agency) => agencyTakes(agency, procedure)).map(({ kind }) => kind))],
    postalUse: {
      ...postalUse.value,
      since: postalList.since,
      decision: postalList.decision,
      ...sourceOf(postalUse),
    },
    stateFee,
    reducedFees: reducedFees.map(({ group, name: groupName, amount: reduced }) => ({
      group,
      ...groupName,
      amount: reduced,
    })),
    processing,
    documents: markedAs(
      papers,
      (list) => list?.map(({ name: paper, form }, document) => ({ document, ...paper, form })) ?? null,
    ),
    surrenders,
    ...datesOf(procedure),
    ...sourceOf(procedure),
  };
}

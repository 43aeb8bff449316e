import type { Clock } from '../clock/clock.ts';
import { parseDefinition } from '../stepfunctions/definition/parse.ts';
import type { Machine as Definition } from '../stepfunctions/definition/types.ts';
import type { StepFunctions } from '../stepfunctions/index.ts';
import type { ExecutionSummariesQuery } from '../stepfunctions/execution-summaries.ts';
import {
  definitionFor,
  definitionOf,
  eventsOnPage,
  historyPage,
  wholeHistory,
  type Execution,
  type Machine,
} from './executions.ts';
import { statesOf } from './graph/edges.ts';
import { layoutOf, type Layout } from './graph/layout.ts';
import { measuresFor } from './graph/svg.ts';
import type { Opened } from './pages/execution.ts';
import type { Listed } from './pages/list.ts';
import { progressOf } from './progress.ts';
import { stateRows } from './state-rows.ts';
import { isStatus } from './words.ts';

interface Watched {
  readonly engine: Pick<StepFunctions, 'handle' | 'summaries'>;
  readonly clock: Clock;
}

/** Gathers what the pages show. */
export interface Look {
  list(watched: Watched, machines: readonly Machine[], machine: Machine, query: URLSearchParams): Promise<Listed>;
  /** @param page of the events, counted from 1; @returns undefined when there is no such page */
  open(
    watched: Watched & { readonly machine: Machine; readonly execution: Execution },
    page: number,
  ): Promise<Opened | undefined>;
}

/** How many executions are listed at once. */
const executionsOnPage = 50;

/** Definitions are few, and drawing one takes longer than everything else. */
const mostDrawings = 20;

interface Drawing {
  readonly definition: Definition;
  readonly layout: Layout;
  readonly vietnamese: ReadonlyMap<string, string>;
}

/**
 * What a machine's states are called in a second language, by the names of all its states; an empty map where nobody
 * says.
 */
export type SecondNames = (states: ReadonlySet<string>) => ReadonlyMap<string, string>;

export function createLook(secondNames: SecondNames): Look {
  const drawings = new Map<string, Drawing>();

  function drawingOf(text: string): Drawing {
    const known = drawings.get(text);
    if (known) return known;
    const definition = parseDefinition(text);
    const vietnamese = secondNames(new Set(definition.states.keys()));
    const drawing = {
      definition,
      vietnamese,
      layout: layoutOf(
        definition,
        measuresFor(
          statesOf(definition).map(({ name }) => name),
          vietnamese,
        ),
      ),
    };
    if (drawings.size >= mostDrawings) drawings.clear();
    drawings.set(text, drawing);
    return drawing;
  }

  return {
    async list({ engine, clock }, machines, machine, params) {
      const query = listQuery(params, machine);
      const from = startOf(query);
      const asked = { machineArn: machine.stateMachineArn, status: query.status, name: query.name };
      const executions = engine.summaries.page({ ...asked, from, limit: executionsOnPage });
      const [first, last] = [executions[0]?.id, executions.at(-1)?.id];
      const isThere = (id: number | undefined, go: 'newer' | 'older'): boolean =>
        id !== undefined && engine.summaries.page({ ...asked, from: { id, go }, limit: 1 }).length > 0;
      return {
        clock,
        machines,
        machine,
        query,
        executions,
        newer: isThere(first, 'newer') ? first : undefined,
        older: isThere(last, 'older') ? last : undefined,
        counts: engine.summaries.counts(machine.stateMachineArn),
        vietnamese: drawingOf(await definitionOf(engine, machine)).vietnamese,
      };
    },
    async open({ engine, clock, machine, execution }, page) {
      const events = await wholeHistory(engine, execution);
      if (!Number.isInteger(page) || page < 1 || (page > 1 && (page - 1) * eventsOnPage >= events.length))
        return undefined;
      const summary = engine.summaries.one(execution.executionArn);
      if (!summary) return undefined;
      const progress = progressOf(events);
      const { definition, layout, vietnamese } = drawingOf(await definitionFor(engine, execution));
      return {
        clock,
        machine,
        execution,
        summary,
        layout,
        progress,
        vietnamese,
        page,
        rows: stateRows(definition, progress, summary.status === 'RUNNING' ? summary.at : []),
        events: await historyPage(engine, execution, page),
        eventCount: events.length,
      };
    },
  };
}

function startOf({ newer, older }: Listed['query']): ExecutionSummariesQuery['from'] {
  if (newer !== undefined) return { id: newer, go: 'newer' };
  return older === undefined ? undefined : { id: older, go: 'older' };
}

function listQuery(params: URLSearchParams, machine: Machine): Listed['query'] {
  const status = params.get('status') ?? '';
  const name = params.get('name')?.trim() ?? '';
  return {
    machine: machine.name,
    status: isStatus(status) ? status : undefined,
    name: name === '' ? undefined : name,
    older: idIn(params.get('older')),
    newer: idIn(params.get('newer')),
  };
}

function idIn(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/u.test(text) ? Number(text) : undefined;
}

import { isObject, tryParseJson, type Json } from '../json.ts';
import { Fields, type Problem } from './fields.ts';
import { checkExpressions } from './expressions.ts';
import { checkFlow } from './flow.ts';
import { readState } from './state.ts';
import type { Flow, Machine, QueryLanguage, State } from './types.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: 1 MB. */
const largestDefinitionBytes = 1_048_576;

/** What AWS's `InvalidDefinition` carries. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const told = problems.map(({ code, message, at }) => `${code}: ${message} at ${at ?? 'null'}`).join(', ');
    super(`Invalid State Machine Definition: '${told}'`);
    this.problems = problems;
  }
}

/**
 * Reads and checks a definition in the Amazon States Language, JSONata dialect.
 * JSONPath states are taken only beside JSONata states (`QueryLanguage` set per state): a JSONPath definition is
 * refused.
 * @throws InvalidDefinition naming every state and field that is wrong
 */
export function parseDefinition(text: string): Machine {
  const json = readJson(text);
  const problems: Problem[] = [];
  if (!isObject(json))
    throw new InvalidDefinition([
      { code: 'INVALID_JSON_DESCRIPTION', message: 'The definition must be a JSON object', at: '' },
    ]);
  const fields = new Fields(json, '', problems);
  const queryLanguage = readQueryLanguage(fields);
  const version = fields.text('Version');
  if (version !== undefined && version !== '1.0') fields.invalid('Version', "'1.0'");
  const timeoutSeconds = fields.number('TimeoutSeconds', 1);
  const flow = readFlow(fields, queryLanguage);
  fields.done();
  checkExpressions(json, problems);
  for (const name of repeatedNames(flow))
    problems.push({
      code: 'DUPLICATE_STATE_NAME',
      message: `More than one state is called "${name}"`,
      at: `/States/${name}`,
    });
  if (problems.length === 0 && !speaksJsonata(flow)) {
    problems.push({
      code: 'SCHEMA_VALIDATION_FAILED',
      message: "The query language JSONPath is not available here: set the field 'QueryLanguage' to 'JSONata'",
      at: '/QueryLanguage',
    });
  }
  if (problems.length > 0) throw new InvalidDefinition(problems);
  return { ...flow, ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) };
}

function readJson(text: string): Json | undefined {
  if (Buffer.byteLength(text) > largestDefinitionBytes) {
    throw new InvalidDefinition([
      {
        code: 'DEFINITION_TOO_LARGE',
        message: `The definition is larger than ${largestDefinitionBytes} bytes`,
        at: '',
      },
    ]);
  }
  return tryParseJson(text);
}

function readQueryLanguage(fields: Fields): QueryLanguage {
  const value = fields.text('QueryLanguage') ?? 'JSONPath';
  if (value === 'JSONata' || value === 'JSONPath') return value;
  fields.invalid('QueryLanguage', "'JSONata' or 'JSONPath'");
  return 'JSONata';
}

/** Reads `StartAt` and `States` and checks that every way leads somewhere. */
function readFlow(fields: Fields, queryLanguage: QueryLanguage): Flow {
  const startAt = fields.requiredText('StartAt');
  const states = new Map<string, State>();
  if (!fields.has('States')) fields.missing('States');
  for (const [name, value] of Object.entries(fields.object('States') ?? {})) {
    const at = `${fields.at}/States/${name}`;
    if (!isObject(value)) fields.problem('A state must be an object', `States/${name}`);
    else {
      const state = readState(name, new Fields(value, at, fields.problems), queryLanguage, readFlow);
      if (state) states.set(name, state);
    }
  }
  const flow = { startAt, states };
  checkFlow(flow, fields);
  return flow;
}

/** State names are unique within the whole state machine. https://states-language.net/spec.html#states-fields */
function repeatedNames(flow: Flow): readonly string[] {
  const names = namesIn(flow);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function namesIn(flow: Flow): readonly string[] {
  return [...flow.states].flatMap(([name, state]) => {
    if (state.type === 'Parallel') return [name, ...state.branches.flatMap(namesIn)];
    return state.type === 'Map' ? [name, ...namesIn(state.processor)] : [name];
  });
}

function speaksJsonata(flow: Flow): boolean {
  return [...flow.states.values()].some(
    (state) =>
      state.queryLanguage === 'JSONata' ||
      (state.type === 'Parallel' && state.branches.some(speaksJsonata)) ||
      (state.type === 'Map' && speaksJsonata(state.processor)),
  );
}

import * as z from 'zod';
import type { JsonObject } from '../json.ts';
import type { HistoryEvent } from '../run.ts';
import { compact, operation, pageSchema, pageSize, readNumericPageToken, seconds, writePageToken } from './api.ts';
import { existingExecution } from './executions.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
export const getExecutionHistory = operation(
  z.object({
    executionArn: z.string().min(1),
    reverseOrder: z.boolean().default(false),
    includeExecutionData: z.boolean().default(true),
    ...pageSchema,
  }),
  (api, input) => {
    const execution = existingExecution(api, input.executionArn);
    const size = pageSize(input.maxResults);
    const start = input.reverseOrder ? Number.MAX_SAFE_INTEGER : 0;
    const beyond = input.nextToken === undefined ? start : readNumericPageToken(input.nextToken);
    const found = api.store.events(execution.id, beyond, size + 1, input.reverseOrder);
    const page = found.slice(0, size);
    const last = page.at(-1);
    return compact({
      events: page.map((event) => shown(event, input.includeExecutionData)),
      nextToken: found.length > size && last ? writePageToken(last.id) : undefined,
    });
  },
);

/** An event as AWS shows it: its details lie in a field that its type names. */
function shown({ id, previous, at, type, details }: HistoryEvent, includeData: boolean): JsonObject {
  return {
    timestamp: seconds(at),
    type,
    id,
    previousEventId: previous,
    ...(details === undefined ? {} : { [detailsField(type)]: includeData ? details : withoutData(details) }),
  };
}

function detailsField(type: string): string {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

/** The fields that carry what the execution works on. */
const dataFields = new Set([
  'input',
  'inputDetails',
  'output',
  'outputDetails',
  'parameters',
  'assignedVariables',
  'assignedVariablesDetails',
  'cause',
]);

function withoutData(details: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !dataFields.has(name)));
}

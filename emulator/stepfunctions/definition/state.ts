import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import { Fields, isExpression } from './fields.ts';
import { present, readAssign } from './assign.ts';
import { readRecovery } from './recovery.ts';
import { readResource } from './resource.ts';
import type {
  ChoiceRule,
  ChoiceState,
  FailState,
  Flow,
  MapState,
  ParallelState,
  PassState,
  PathFields,
  QueryLanguage,
  State,
  SucceedState,
  TaskState,
  WaitState,
} from './types.ts';

/** Reads the flow inside a Parallel or Map; handed in because flows hold states and states hold flows. */
type FlowReader = (fields: Fields, queryLanguage: QueryLanguage) => Flow;
type InnerFlowReader = (fields: Fields) => Flow;

/** https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html */
const longestStateName = 80;
/** 99999999 is AWS's largest TimeoutSeconds. */
const mostSeconds = 99_999_999;

/**
 * Reads one state; `undefined` when it is so wrong that nothing can be said of it. Problems go to `fields.problems`.
 */
export function readState(
  name: string,
  fields: Fields,
  inherited: QueryLanguage,
  readFlow: FlowReader,
): State | undefined {
  if (name.length > longestStateName)
    fields.problem(`The state name is longer than ${longestStateName} characters`, '');
  const common = { name, queryLanguage: readQueryLanguage(fields, inherited) };
  const type = fields.requiredText('Type');
  // States inside inherit the machine's language, not that of the Parallel or Map around them.
  const state = readTyped(type, common, fields, (within) => readFlow(within, inherited));
  if (state) fields.done(common.queryLanguage);
  return state;
}

type Common = { readonly name: string; readonly queryLanguage: QueryLanguage };

function readTyped(type: string, common: Common, fields: Fields, inner: InnerFlowReader): State | undefined {
  switch (type) {
    case 'Pass':
      return readPass(common, fields);
    case 'Succeed':
      return readSucceed(common, fields);
    case 'Fail':
      return readFail(common, fields);
    case 'Wait':
      return readWait(common, fields);
    case 'Choice':
      return readChoice(common, fields);
    case 'Task':
      return readTask(common, fields);
    case 'Parallel':
      return readParallel(common, fields, inner);
    case 'Map':
      return readMap(common, fields, inner);
    default:
      if (type !== '') fields.invalid('Type', 'one of Pass, Task, Choice, Wait, Parallel, Map, Succeed, Fail');
      return undefined;
  }
}

function readQueryLanguage(fields: Fields, inherited: QueryLanguage): QueryLanguage {
  const own = fields.text('QueryLanguage');
  if (own === undefined) return inherited;
  // AWS lets a state go from JSONPath to JSONata, never back.
  if (own === 'JSONata' || (own === 'JSONPath' && inherited === 'JSONPath')) return own;
  if (own === 'JSONPath')
    fields.problem("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", '');
  else fields.invalid('QueryLanguage', "'JSONata' or 'JSONPath'");
  return inherited;
}

function readPass(common: Common, fields: Fields): PassState {
  const paths: PathFields =
    common.queryLanguage === 'JSONPath' ? { ...readPaths(fields), ...present('result', fields.any('Result')) } : {};
  return { ...common, type: 'Pass', paths, ...readLeaving(common, fields), ...readWay(fields) };
}

function readSucceed(common: Common, fields: Fields): SucceedState {
  return { ...common, type: 'Succeed', ...readLeaving(common, fields) };
}

function readFail(common: Common, fields: Fields): FailState {
  return {
    ...common,
    type: 'Fail',
    ...present('error', fields.text('Error')),
    ...present('cause', fields.text('Cause')),
  };
}

function readWait(common: Common, fields: Fields): WaitState {
  const seconds = fields.count('Seconds', 0, mostSeconds);
  const timestamp = fields.text('Timestamp');
  if ((seconds === undefined) === (timestamp === undefined) && fields.problems.length === 0) {
    fields.problem("Exactly one of the fields 'Seconds' and 'Timestamp' is required", '');
  }
  return {
    ...common,
    type: 'Wait',
    ...present('seconds', seconds),
    ...present('timestamp', timestamp),
    ...readLeaving(common, fields),
    ...readWay(fields),
  };
}

function readChoice(common: Common, fields: Fields): ChoiceState {
  if (common.queryLanguage === 'JSONPath') {
    fields.problem("A JSONPath Choice is not available here: set the field 'QueryLanguage' to 'JSONata'", 'Choices');
  }
  const rules = fields.list('Choices') ?? [];
  if (rules.length === 0) fields.missing('Choices');
  return {
    ...common,
    type: 'Choice',
    choices: rules.map((rule, index) => readRule(rule, fields, index)),
    ...present('default', fields.text('Default')),
    ...readLeaving(common, fields),
  };
}

function readRule(rule: Json, parent: Fields, index: number): ChoiceRule {
  const fields = new Fields(isObject(rule) ? rule : {}, `${parent.at}/Choices[${index}]`, parent.problems);
  const condition = fields.any('Condition');
  if (typeof condition !== 'boolean' && !(typeof condition === 'string' && isExpression(condition))) {
    fields.invalid('Condition', 'a boolean or a JSONata expression');
  }
  const read: ChoiceRule = {
    condition: typeof condition === 'string' || typeof condition === 'boolean' ? condition : false,
    next: fields.requiredText('Next'),
    ...readAssign(fields),
    ...present('output', fields.any('Output')),
  };
  fields.done('JSONata');
  return read;
}

function readTask(common: Common, fields: Fields): TaskState {
  const resource = readResource(fields.requiredText('Resource'));
  if (typeof resource === 'string') fields.problem(resource, 'Resource');
  const task: TaskState = {
    ...common,
    type: 'Task',
    resource: typeof resource === 'string' ? { kind: 'lambda-arn', arn: '' } : resource,
    ...(common.queryLanguage === 'JSONata' ? present('arguments', fields.any('Arguments')) : {}),
    ...present('timeoutSeconds', fields.count('TimeoutSeconds', 1, mostSeconds)),
    ...present('heartbeatSeconds', fields.count('HeartbeatSeconds', 1, mostSeconds)),
    paths: common.queryLanguage === 'JSONPath' ? readPaths(fields) : {},
    ...readRecovery(common.queryLanguage, fields),
    ...readLeaving(common, fields),
    ...readWay(fields),
  };
  checkTask(task, fields);
  return task;
}

function checkTask(task: TaskState, fields: Fields): void {
  if (
    typeof task.timeoutSeconds === 'number' &&
    typeof task.heartbeatSeconds === 'number' &&
    task.heartbeatSeconds >= task.timeoutSeconds
  ) {
    fields.invalid('HeartbeatSeconds', "smaller than 'TimeoutSeconds'");
  }
  if (task.resource.kind === 'lambda-arn' || task.queryLanguage === 'JSONPath') return;
  if (task.arguments === undefined) fields.missing('Arguments');
  else if (task.resource.kind === 'lambda-invoke' && isObject(task.arguments) && !('FunctionName' in task.arguments)) {
    fields.problem("The field 'FunctionName' is required but was missing", 'Arguments');
  }
}

function readParallel(common: Common, fields: Fields, readFlow: InnerFlowReader): ParallelState {
  refuseJsonPath(common, fields, 'Parallel');
  const branches = fields.list('Branches') ?? [];
  if (branches.length === 0) fields.missing('Branches');
  return {
    ...common,
    type: 'Parallel',
    branches: branches.map((branch, index) => {
      const inner = new Fields(isObject(branch) ? branch : {}, `${fields.at}/Branches[${index}]`, fields.problems);
      const flow = readFlow(inner);
      inner.done();
      return flow;
    }),
    ...present('arguments', fields.any('Arguments')),
    ...readRecovery(common.queryLanguage, fields),
    ...readLeaving(common, fields),
    ...readWay(fields),
  };
}

function readMap(common: Common, fields: Fields, readFlow: InnerFlowReader): MapState {
  refuseJsonPath(common, fields, 'Map');
  const processor = fields.object('ItemProcessor');
  if (!processor) fields.missing('ItemProcessor');
  const inner = new Fields(processor ?? {}, `${fields.at}/ItemProcessor`, fields.problems);
  readProcessorConfig(inner);
  const flow = readFlow(inner);
  inner.done();
  return {
    ...common,
    type: 'Map',
    processor: flow,
    ...present('items', readItems(fields)),
    ...present('itemSelector', fields.any('ItemSelector')),
    ...present('maxConcurrency', fields.count('MaxConcurrency', 0)),
    ...present('toleratedFailureCount', fields.count('ToleratedFailureCount', 0)),
    ...present('toleratedFailurePercentage', fields.count('ToleratedFailurePercentage', 0, 100)),
    ...readRecovery(common.queryLanguage, fields),
    ...readLeaving(common, fields),
    ...readWay(fields),
  };
}

/** Only the inline Map runs here: a distributed one needs child executions that no journey uses. */
function readProcessorConfig(fields: Fields): void {
  const config = fields.object('ProcessorConfig');
  if (config === undefined) return;
  const inner = new Fields(config, `${fields.at}/ProcessorConfig`, fields.problems);
  const mode = inner.text('Mode');
  if (mode !== undefined && mode !== 'INLINE')
    inner.invalid('Mode', "'INLINE': a distributed Map is not available here");
  inner.done();
}

function readItems(fields: Fields): Json | undefined {
  const items = fields.any('Items');
  if (items === undefined || isList(items) || (typeof items === 'string' && isExpression(items))) return items;
  fields.invalid('Items', 'an array or a JSONata expression');
  return undefined;
}

function refuseJsonPath(common: Common, fields: Fields, type: string): void {
  if (common.queryLanguage === 'JSONPath') {
    fields.problem(
      `A JSONPath ${type} is not available here: set the field 'QueryLanguage' to 'JSONata'`,
      'QueryLanguage',
    );
  }
}

/** `Assign` and `Output`. */
function readLeaving(common: Common, fields: Fields): { assign?: JsonObject; output?: Json } {
  if (common.queryLanguage === 'JSONPath') return readAssign(fields);
  return { ...readAssign(fields), ...present('output', fields.any('Output')) };
}

/** `Next` or `End`, exactly one. */
function readWay(fields: Fields): { next?: string } {
  const next = fields.text('Next');
  const end = fields.flag('End');
  if (next === undefined && end !== true) {
    fields.problem("Either the field 'Next' or 'End': true is required", '');
  }
  if (next !== undefined && end === true) fields.problem("The fields 'Next' and 'End' exclude each other", 'End');
  return present('next', next);
}

function readPaths(fields: Fields): PathFields {
  return {
    ...present('inputPath', fields.path('InputPath')),
    ...present('parameters', fields.any('Parameters')),
    ...present('resultSelector', fields.any('ResultSelector')),
    ...present('resultPath', fields.path('ResultPath')),
    ...present('outputPath', fields.path('OutputPath')),
  };
}

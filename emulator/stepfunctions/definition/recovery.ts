import { isList, isObject, type Json } from '../json.ts';
import { Fields } from './fields.ts';
import { readAssign } from './assign.ts';
import type { Catcher, QueryLanguage, Retrier } from './types.ts';

/** `Retry` and `Catch`. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export function readRecovery(
  queryLanguage: QueryLanguage,
  fields: Fields,
): { retry: readonly Retrier[]; catch: readonly Catcher[] } {
  const retriers = inner(fields, 'Retry').map(readRetrier);
  const catchers = inner(fields, 'Catch').map((catcher) => readCatcher(queryLanguage, catcher));
  return { retry: retriers, catch: catchers };
}

function inner(fields: Fields, name: string): Fields[] {
  const list = fields.list(name) ?? [];
  return list.map((value: Json, index) => {
    const read = new Fields(isObject(value) ? value : {}, `${fields.at}/${name}[${index}]`, fields.problems);
    checkErrorNames(read, value, index === list.length - 1);
    return read;
  });
}

function checkErrorNames(fields: Fields, value: Json, last: boolean): void {
  const names = isObject(value) ? value['ErrorEquals'] : undefined;
  if (!isList(names) || names.length === 0 || !names.every((name) => typeof name === 'string')) {
    fields.invalid('ErrorEquals', 'a non-empty array of strings');
  } else if (names.includes('States.ALL') && (names.length > 1 || !last)) {
    fields.problem("'States.ALL' must appear alone, and in the last element", 'ErrorEquals');
  }
}

function errorNames(fields: Fields): string[] {
  return (fields.list('ErrorEquals') ?? []).filter((name) => typeof name === 'string');
}

function readRetrier(fields: Fields): Retrier {
  const jitter = fields.text('JitterStrategy');
  if (jitter !== undefined && jitter !== 'FULL' && jitter !== 'NONE')
    fields.invalid('JitterStrategy', "'FULL' or 'NONE'");
  const maxDelaySeconds = fields.number('MaxDelaySeconds', 1);
  const retrier: Retrier = {
    errorEquals: errorNames(fields),
    intervalSeconds: fields.number('IntervalSeconds', 1) ?? 1,
    maxAttempts: fields.number('MaxAttempts', 0) ?? 3,
    backoffRate: fields.number('BackoffRate', 1) ?? 2,
    ...(maxDelaySeconds === undefined ? {} : { maxDelaySeconds }),
    jitter: jitter === 'FULL',
  };
  fields.done();
  return retrier;
}

function readCatcher(queryLanguage: QueryLanguage, fields: Fields): Catcher {
  const output = queryLanguage === 'JSONata' ? fields.any('Output') : undefined;
  const resultPath = queryLanguage === 'JSONPath' ? fields.path('ResultPath') : undefined;
  const catcher: Catcher = {
    errorEquals: errorNames(fields),
    next: fields.requiredText('Next'),
    ...readAssign(fields),
    ...(output === undefined ? {} : { output }),
    ...(resultPath === undefined ? {} : { resultPath }),
  };
  fields.done(queryLanguage);
  return catcher;
}

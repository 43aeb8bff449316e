import { randomUUID } from 'node:crypto';
import { FunctionNotFound, type InvocationResult, type LambdaInvoker } from '../../lambda/invoker.ts';
import { tryParseJson } from '../json.ts';
import { hasPython, runPython } from './python.ts';

/** What a recorded function does, told from its Python source. */
type Behaviour = (payload: string) => { payload: string; failed?: true } | 'hangs';

/**
 * The functions of the recorded cases: the few things that their Python sources do, done here; any other source is run
 * by Python where there is one.
 */
export class RecordedFunctions implements LambdaInvoker {
  readonly #functions = new Map<string, Behaviour>();

  /** @throws when the source does something that is not known here */
  add(name: string, source: string): void {
    this.#functions.set(name, behaviourOf(source));
  }

  async invoke(functionName: string, payload: string): Promise<InvocationResult> {
    const name = functionName.split(':function:').at(-1) ?? functionName;
    const behaviour = this.#functions.get(name);
    if (!behaviour) throw new FunctionNotFound(functionName);
    const requestId = randomUUID();
    const done = behaviour(payload);
    if (done === 'hangs') return new Promise(() => undefined);
    return {
      payload: done.payload.replace('{requestId}', requestId),
      requestId,
      ...(done.failed ? { functionError: 'Unhandled' } : {}),
    };
  }
}

function behaviourOf(source: string): Behaviour {
  const lines = source.split('\n');
  const start = lines.findIndex((line) => line.startsWith('def handler('));
  const body = lines.slice(start + 1).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const [first, ...more] = body;
  if (start >= 0 && first !== undefined) {
    if (body.some((line) => /\bsleep\(/u.test(line))) return () => 'hangs';
    if (more.length === 0) {
      const known = returning(first) ?? raising(source, first, lines.indexOf(first) + 1);
      if (known) return known;
    }
  }
  if (hasPython()) return (payload) => runPython(source, payload);
  throw new Error(`no equivalent is known for the function, and there is no python3 to run it\n${source}`);
}

function returning(line: string): Behaviour | undefined {
  const value = /^\s+return\s+(?<value>.+)$/u.exec(line)?.groups?.['value']?.trim();
  if (value === undefined) return undefined;
  if (value === 'event') return (payload) => ({ payload });
  const literal = pythonLiteral(value);
  return literal === undefined ? undefined : () => ({ payload: literal });
}

/** A Python literal as JSON text, where the two differ only in names and quotes. */
function pythonLiteral(text: string): string | undefined {
  const json = text
    .replaceAll(/'(?<inner>[^'"\\]*)'/gu, '"$<inner>"')
    .replaceAll(/\bNone\b/gu, 'null')
    .replaceAll(/\bTrue\b/gu, 'true')
    .replaceAll(/\bFalse\b/gu, 'false');
  return tryParseJson(json) === undefined ? undefined : json;
}

/** The payload of an unhandled exception, as Lambda's Python runtime writes it. */
function raising(source: string, line: string, lineNumber: number): Behaviour | undefined {
  const raised = /^\s+raise\s+(?<type>\w+)(?:\((?<argument>.*)\))?\s*$/u.exec(line)?.groups;
  const type = raised?.['type'];
  if (type === undefined) return undefined;
  const argument = raised?.['argument']?.trim() ?? '';
  const message = argument === '' ? ownMessage(source, type) : tryParseJson(pythonLiteral(argument) ?? '');
  if (typeof message !== 'string') return undefined;
  const trace = `  File "/var/task/handler.py", line ${lineNumber}, in handler\n    ${line.trim()}\n`;
  const payload = JSON.stringify({
    errorMessage: message,
    errorType: type,
    requestId: '{requestId}',
    stackTrace: [trace],
  });
  return () => ({ payload, failed: true });
}

/** The message that an exception class of the source gives itself, through `super().__init__`. */
function ownMessage(source: string, type: string): string {
  const declared = new RegExp(`class ${type}\\(.*?super\\(\\).__init__\\("(?<message>[^"]*)"\\)`, 'su').exec(source);
  return declared?.groups?.['message'] ?? '';
}

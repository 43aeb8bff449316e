import { spawnSync } from 'node:child_process';
import * as z from 'zod';
import { tryParseJson } from '../json.ts';

/**
 * Calls `handler(event, context)` of the source it is given, and says what came of it as Lambda's Python runtime would.
 */
const harness = `
import json, linecache, sys, traceback
asked = json.load(sys.stdin)
path = '/var/task/handler.py'
linecache.cache[path] = (len(asked['source']), None, asked['source'].splitlines(True), path)
spoken, sys.stdout = sys.stdout, sys.stderr
try:
    space = {'__name__': 'handler', '__file__': path}
    exec(compile(asked['source'], path, 'exec'), space)
    answer = {'payload': json.dumps(space['handler'](json.loads(asked['payload']), None), ensure_ascii=False)}
except Exception as error:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    trace = ['  File "%s", line %d, in %s\\n    %s\\n' % (path, frame.lineno, frame.name, frame.line) for frame in frames]
    failure = {'errorMessage': str(error), 'errorType': type(error).__name__, 'requestId': '{requestId}', 'stackTrace': trace}
    answer = {'payload': json.dumps(failure, ensure_ascii=False), 'failed': True}
json.dump(answer, spoken)
`;

const answered = z.object({ payload: z.string(), failed: z.literal(true).exactOptional() });

/** Is there a Python to run sources that have no equivalent here? */
export function hasPython(): boolean {
  return spawnSync('python3', ['--version']).status === 0;
}

/**
 * Runs a recorded function's own source once.
 * @throws when Python ends without an answer
 */
export function runPython(source: string, payload: string): z.infer<typeof answered> {
  const { stdout, stderr } = spawnSync('python3', ['-I', '-c', harness], {
    input: JSON.stringify({ source, payload }),
    encoding: 'utf8',
    timeout: 20_000,
  });
  const answer = answered.safeParse(tryParseJson(stdout));
  if (!answer.success) throw new Error(`Python gave no answer: ${stderr}`);
  return answer.data;
}

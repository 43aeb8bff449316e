import { describe, expect, it } from '@jest/globals';
import { RecordedFunctions } from '../../../emulator/stepfunctions/asl-cases/lambdas.ts';
import { hasPython, runPython } from '../../../emulator/stepfunctions/asl-cases/python.ts';

const failing =
  'class Late(Exception):\n    def __init__(self):\n        super().__init__("too late")\n\n\ndef handler(event, context):\n    raise Late()\n';

function added(source: string): RecordedFunctions {
  const functions = new RecordedFunctions();
  functions.add('recorded', source);
  return functions;
}

describe('a function of a recorded case', () => {
  it('a function of a recorded case that gives back what it gets does so here', async () => {
    expect(
      (await added('def handler(event, context):\n    return event\n').invoke('recorded', '{"a":[1]}')).payload,
    ).toBe('{"a":[1]}');
  });

  it('a function of a recorded case that raises fails here with its type, message and line', async () => {
    const { functionError, payload, requestId } = await added(failing).invoke('recorded', '{}');
    expect(functionError).toBe('Unhandled');
    expect(JSON.parse(payload)).toEqual({
      errorMessage: 'too late',
      errorType: 'Late',
      requestId,
      stackTrace: ['  File "/var/task/handler.py", line 7, in handler\n    raise Late()\n'],
    });
  });
});

const withPython = hasPython() ? describe : describe.skip;
withPython('a source that has no equivalent here (needs python3 on this machine)', () => {
  it('a recorded function is run by Python', async () => {
    const source =
      'def handler(event, context):\n    total = sum(event["values"])\n    return {"total": total, "word": "hồ sơ"}\n';
    expect(JSON.parse((await added(source).invoke('recorded', '{"values":[1,2,3]}')).payload)).toEqual({
      total: 6,
      word: 'hồ sơ',
    });
  });

  it('a recorded function fails in Python as its equivalent fails here', async () => {
    const { payload } = await added(failing).invoke('recorded', '{}');
    const here: unknown = JSON.parse(payload);
    expect({ ...JSON.parse(runPython(failing, '{}').payload), requestId: expect.any(String) }).toEqual(here);
  });
});

import { describe, expect, it } from '@jest/globals';
import { InvalidDefinition, parseDefinition } from '../../../emulator/stepfunctions/definition/parse.ts';
import { jsonata } from './workbench.ts';

function refusal(definition: unknown): string {
  try {
    parseDefinition(typeof definition === 'string' ? definition : JSON.stringify(definition));
    return 'accepted';
  } catch (error) {
    if (error instanceof InvalidDefinition) return error.message;
    throw error;
  }
}

const end = { Type: 'Succeed' };
const lambda = 'arn:aws:lambda:us-east-1:111111111111:function:f';
function task(more: Record<string, unknown>): unknown {
  return jsonata('A', { A: { Type: 'Task', Resource: lambda, End: true, ...more } });
}
function pass(more: Record<string, unknown>): unknown {
  return jsonata('A', { A: { Type: 'Pass', End: true, ...more } });
}

describe('a definition', () => {
  it('a definition is accepted with every state type', () => {
    expect(
      refusal({
        Comment: 'all of them',
        QueryLanguage: 'JSONata',
        Version: '1.0',
        TimeoutSeconds: 60,
        StartAt: 'A',
        States: {
          A: { Type: 'Pass', Assign: { tên: 1 }, Next: 'B' },
          B: { Type: 'Wait', Seconds: 1, Next: 'C' },
          C: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'D' }], Default: 'Z' },
          D: { Type: 'Parallel', Branches: [{ StartAt: 'E', States: { E: { Type: 'Pass', End: true } } }], Next: 'F' },
          F: {
            Type: 'Map',
            Items: [1],
            ItemProcessor: {
              ProcessorConfig: { Mode: 'INLINE' },
              StartAt: 'G',
              States: { G: { Type: 'Pass', End: true } },
            },
            Next: 'H',
          },
          H: {
            Type: 'Task',
            Resource: lambda,
            TimeoutSeconds: 5,
            HeartbeatSeconds: '{% 2 %}',
            Retry: [{ ErrorEquals: ['States.ALL'] }],
            Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z' }],
            Next: 'I',
          },
          I: { Type: 'Succeed', Output: '{% 1 %}' },
          Z: { Type: 'Fail', Error: '{% "E" %}' },
        },
      }),
    ).toBe('accepted');
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'INVALID_JSON_DESCRIPTION'],
    ['JSONPath alone', { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }, 'JSONPath is not available'],
    ['no start', { QueryLanguage: 'JSONata', States: { A: end } }, "'StartAt' is required"],
    [
      'a start that is not there',
      jsonata('B', { A: end }),
      'MISSING_TRANSITION_TARGET: Missing \'Next\' target: B at /StartAt, MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A',
    ],
    [
      'no end',
      jsonata('A', { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }),
      "'MISSING_END_STATE: Workflow has no terminal state at null'",
    ],
    [
      'a way that leads nowhere, and so no end',
      jsonata('A', { A: { Type: 'Pass', Next: 'X' } }),
      "Missing 'Next' target: X at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null",
    ],
    [
      'a way that leads nowhere',
      jsonata('A', { A: { Type: 'Pass', Next: 'X' } }),
      "Missing 'Next' target: X at /States/A/Next",
    ],
    [
      'a state that nothing leads to',
      jsonata('A', { A: end, B: end }),
      'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
    ],
    ['no way out', jsonata('A', { A: { Type: 'Pass' } }), "'Next' or 'End': true is required at /States/A"],
    ['two ways out', jsonata('A', { A: { Type: 'Pass', Next: 'B', End: true }, B: end }), '/States/A/End'],
    ['an unknown type', jsonata('A', { A: { Type: 'Sleep' } }), '/States/A/Type'],
    ['an unknown field', pass({ Colour: 'red' }), "Field 'Colour' is not supported at /States/A'"],
    [
      'a JSONPath field in a JSONata state',
      pass({ Parameters: {} }),
      "The QueryLanguage is set to 'JSONata', but field 'Parameters' is only supported for the 'JSONPath' QueryLanguage at /States/A",
    ],
    [
      'an unknown field at the top',
      { ...Object(jsonata('A', { A: end })), Extra: 1 },
      "Field 'Extra' is not supported at ",
    ],
    ['a resource that does not exist', task({ Resource: 'arn:aws:states:::sqs:sendMessage' }), '/States/A/Resource'],
    [
      'an optimised DynamoDB call with a token',
      task({ Resource: 'arn:aws:states:::dynamodb:updateItem.waitForTaskToken', Arguments: {} }),
      '/States/A/Resource',
    ],
    [
      'an SDK call that is not known',
      task({ Resource: 'arn:aws:states:::aws-sdk:dynamodb:createTable', Arguments: {} }),
      '/States/A/Resource',
    ],
    [
      'an integration without arguments',
      task({ Resource: 'arn:aws:states:::lambda:invoke' }),
      "'Arguments' is required",
    ],
    [
      'an invocation without a function',
      task({ Resource: 'arn:aws:states:::lambda:invoke', Arguments: {} }),
      "'FunctionName' is required",
    ],
    [
      'a heartbeat longer than the task',
      task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
      '/States/A/HeartbeatSeconds',
    ],
    ['no seconds', task({ TimeoutSeconds: 0 }), '/States/A/TimeoutSeconds'],
    ['seconds in words', task({ TimeoutSeconds: 'five' }), '/States/A/TimeoutSeconds'],
    [
      'States.ALL beside another',
      task({ Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] }),
      '/States/A/Retry[0]/ErrorEquals',
    ],
    [
      'States.ALL not last',
      jsonata('A', {
        A: {
          Type: 'Task',
          Resource: lambda,
          End: true,
          Catch: [
            { ErrorEquals: ['States.ALL'], Next: 'B' },
            { ErrorEquals: ['E'], Next: 'B' },
          ],
        },
        B: end,
      }),
      '/States/A/Catch[0]/ErrorEquals',
    ],
    ['a jitter that is none', task({ Retry: [{ ErrorEquals: ['E'], JitterStrategy: 'HALF' }] }), 'JitterStrategy'],
    ['a backoff below one', task({ Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] }), 'BackoffRate'],
    [
      'an expression that cannot be read',
      pass({ Output: { deep: ['{% 1 + %}'] } }),
      'INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/A/Output/deep[0]',
    ],
    [
      'an expression that reads from nowhere',
      pass({ Output: '{% phone.number %}' }),
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/A/Output",
    ],
    [
      'an expression that reads from nowhere further in',
      pass({ Output: '{% $sum([1, total]) %}' }),
      "Reference to 'total'",
    ],
    ['an expression that reads its input', pass({ Output: '{% $.x %}' }), "Reference to '$'"],
    ['a variable named states', pass({ Assign: { states: 1 } }), '/States/A/Assign/states'],
    [
      'a condition that is no expression',
      jsonata('A', { A: { Type: 'Choice', Choices: [{ Condition: 'yes', Next: 'B' }] }, B: end }),
      '/States/A/Choices[0]/Condition',
    ],
    ['a Choice with no rule', jsonata('A', { A: { Type: 'Choice', Default: 'B' }, B: end }), '/States/A'],
    ['a Wait for nothing', jsonata('A', { A: { Type: 'Wait', End: true } }), "'Seconds' and 'Timestamp'"],
    ['a Parallel without branches', jsonata('A', { A: { Type: 'Parallel', Branches: [], End: true } }), 'Branches'],
    [
      'a distributed Map',
      jsonata('A', {
        A: {
          Type: 'Map',
          End: true,
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'B', States: { B: end } },
        },
      }),
      '/States/A/ItemProcessor/ProcessorConfig/Mode',
    ],
    [
      'a fault inside a branch',
      jsonata('A', {
        A: { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', Next: 'A' } } }], End: true },
      }),
      '/States/A/Branches[0]/States/B/Next',
    ],
    [
      'JSONPath below JSONata',
      pass({ QueryLanguage: 'JSONPath' }),
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
    ],
    [
      'one state name in two branches of a Parallel',
      jsonata('A', {
        A: { Type: 'Parallel', End: true, Branches: [1, 2].map(() => ({ StartAt: 'B', States: { B: end } })) },
      }),
      'More than one state is called "B"',
    ],
    [
      'the name of a state around it in a Map',
      jsonata('A', { A: { Type: 'Map', End: true, ItemProcessor: { StartAt: 'A', States: { A: end } } } }),
      'More than one state is called "A"',
    ],
    [
      'the error of a Catch where nothing is caught',
      pass({ Output: '{% $states.errorOutput.Error %}' }),
      "'$states.errorOutput' is not available in this field. at /States/A/Output",
    ],
    [
      'the error of a Catch deep inside another expression',
      pass({ Output: { a: ['{% $string($states.errorOutput.Cause) & $states.input.b %}'] } }),
      "'$states.errorOutput' is not available in this field. at /States/A/Output/a[0]",
    ],
    [
      'a result where there is none yet',
      jsonata('A', {
        A: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: 'f', Payload: '{% $states.result %}' },
          End: true,
        },
      }),
      "'$states.result' is not available in this field. at /States/A/Arguments/Payload",
    ],
    ['a state name that is too long', jsonata('x'.repeat(81), { ['x'.repeat(81)]: end }), 'longer than 80'],
  ])('a definition is refused with state and field: %s', (_what, definition, told) => {
    expect(refusal(definition)).toContain(told);
  });

  it('a definition is told everything that is wrong at once', () => {
    const told = refusal(
      jsonata('A', { A: { Type: 'Pass', Colour: 1, End: 'yes' }, B: { Type: 'Wait', Seconds: -1, End: true } }),
    );
    expect(told).toContain("Field 'Colour' is not supported at /States/A");
    expect(told).toContain('/States/A/End');
    expect(told).toContain('/States/B/Seconds');
  });
});

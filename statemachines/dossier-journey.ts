import { clocks } from '../domain/journey/clocks.ts';
import { dueItems, renewalDays } from '../domain/execution/generations.ts';
import { nominalSeconds } from '../domain/journey/deadlines.ts';
import { isEnd, places, type Place } from '../domain/journey/places.ts';
import { happyWayFrom, lawEdition, stands, waysFrom } from '../domain/journey/rules.ts';

/**
 * The definition's edition, which every wait carries, so that the book knows which roads an execution has. Raised when
 * the definition is no longer the newest one under `released/`; a test insists.
 */
export const definitionEdition = 4;

/** An object of JSON, in the order in which it is written. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/**
 * The journey's state machine, made from the table of the law: a place is a Task that waits, the happy way is its
 * `Next`, every other way a `Catch` by the name of the place (ADR 0002, ADR 0017).
 */
export function journeyDefinition(): Json {
  const ends = places.filter(isEnd);
  return {
    Comment:
      'The journey of one dossier. The execution waits where the paper waits and keeps its clock; what may happen is decided by the law, never here. Input: {dossierId, generation, resumeAt, followed, dueAt}. Written by npm run asl.',
    QueryLanguage: 'JSONata',
    StartAt: 'Resume',
    States: {
      Resume: resume(),
      ...Object.fromEntries(places.filter((place) => !isEnd(place)).map((place) => [place, waiting(place)])),
      RecordOverdue: recordOverdue,
      LookAgain: lookAgain,
      ...Object.fromEntries(ends.map((place) => [place, { Type: 'Succeed' }])),
      Superseded: { Type: 'Succeed', Comment: 'A later generation of this execution follows the dossier.' },
      UnknownPlace: { Type: 'Fail', Error: 'UnknownPlace', Cause: 'resumeAt names no place of the journey' },
    },
  };
}

function jsonata(expression: string): string {
  return `{% ${expression} %}`;
}

function resume(): Json {
  return {
    Type: 'Choice',
    Comment: 'Goes to the place that the book names: at the start, after a deadline, and for every later generation.',
    Choices: places.map((place) => ({ Condition: jsonata(`$states.input.resumeAt = '${place}'`), Next: place })),
    Default: 'UnknownPlace',
  };
}

/** Waits by writing its token into the book, until it is woken with the next place or its time is over. */
function waiting(place: Place): Json {
  const happy = happyWayFrom(place);
  const aside = waysFrom(place).filter((to) => to !== happy);
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
    Arguments: {
      TableName: '${BookTable}',
      Key: { pk: { S: jsonata("'DOSSIER#' & $states.context.Execution.Input.dossierId") }, sk: { S: 'WAIT' } },
      UpdateExpression:
        'SET place = :place, taskToken = :token, followed = :followed, generation = :generation, waitingSince = :since, attempt = :attempt, edition = :edition, due = :due, dueAt = :renewal',
      ConditionExpression: onlyForwards,
      ExpressionAttributeValues: {
        ':place': { S: place },
        ':token': { S: jsonata('$states.context.Task.Token') },
        ':followed': { N: jsonata('$string($states.input.followed)') },
        ':generation': { N: jsonata('$string($states.context.Execution.Input.generation)') },
        ':since': { S: jsonata('$states.context.State.EnteredTime') },
        ':attempt': { N: jsonata('$string($states.context.State.RetryCount)') },
        ':edition': { N: String(definitionEdition) },
        ':due': { S: dueItems },
        ':renewal': {
          S: jsonata(`$fromMillis($toMillis($states.context.Execution.StartTime) + ${renewalDays * 86_400_000})`),
        },
      },
    },
    TimeoutSeconds: jsonata(
      `$states.input.dueAt ? $max([1, $ceil(($toMillis($states.input.dueAt) - $toMillis($states.context.State.EnteredTime)) / 1000)]) : ${nominalLength(place)}`,
    ),
    Retry: [
      {
        ErrorEquals: [...passing],
        IntervalSeconds: 1,
        BackoffRate: 2,
        MaxAttempts: 10,
        MaxDelaySeconds: 300,
        JitterStrategy: 'FULL',
      },
    ],
    Catch: [
      ...aside.map((to) => ({ ErrorEquals: [to], Output: jsonata('$parse($states.errorOutput.Cause)'), Next: to })),
      { ErrorEquals: ['States.Timeout'], Output: jsonata('$states.input'), Next: 'RecordOverdue' },
      { ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Next: 'Superseded' },
      { ErrorEquals: ['States.ALL'], Output: jsonata('$states.input'), Next: 'LookAgain' },
    ],
    Next: happy ?? 'UnknownPlace',
  };
}

function nominalLength(place: Place): number {
  const clock = clocks.find((one) => one.place === place && one.when === undefined && stands(one, lawEdition));
  if (clock === undefined) throw new Error(`paper waits in ${place} without a clock`);
  return nominalSeconds(clock);
}

/**
 * The wait goes forwards only: never over a newer generation, nor over a later arrival of the same one. A write that
 * was
 * given up on and comes through late is the earlier attempt of its arrival, or an earlier arrival.
 */
const onlyForwards = [
  'attribute_not_exists(generation)',
  'generation < :generation',
  '(generation = :generation AND (followed < :followed OR (followed = :followed AND (waitingSince < :since OR (waitingSince = :since AND (attribute_not_exists(attempt) OR attempt <= :attempt))))))',
].join(' OR ');

/**
 * What passes when it is tried again, as Step Functions names it: throttling of table and account, a transaction that
 * is
 * writing this very dossier, DynamoDB's own faults, and an answer that was lost on the way.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const passing = [
  'DynamoDb.ProvisionedThroughputExceededException',
  'DynamoDb.RequestLimitExceededException',
  'DynamoDb.ThrottlingException',
  'DynamoDb.TransactionConflictException',
  'DynamoDb.InternalServerErrorException',
  'DynamoDb.SdkClientException',
  'DynamoDb.DynamoDbException',
] as const;

const recordOverdue: Json = {
  Type: 'Task',
  Comment: 'The clock of a place ran out: the book decides what that means and answers where the paper is now.',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: {
    FunctionName: '${RecordOverdueFunction}',
    Payload: { dossierId: jsonata('$states.context.Execution.Input.dossierId') },
  },
  Output: jsonata('$states.result.Payload'),
  TimeoutSeconds: 60,
  Retry: [
    {
      ErrorEquals: ['States.ALL'],
      IntervalSeconds: 2,
      BackoffRate: 2,
      MaxAttempts: 12,
      MaxDelaySeconds: 900,
      JitterStrategy: 'FULL',
    },
  ],
  Catch: [{ ErrorEquals: ['States.ALL'], Output: jsonata('$states.input'), Next: 'LookAgain' }],
  Next: 'Resume',
};

const lookAgain: Json = {
  Type: 'Wait',
  Comment: 'The book cannot be reached, for longer than the retries last: nothing is lost, the book is asked again.',
  Seconds: 300,
  Next: 'RecordOverdue',
};

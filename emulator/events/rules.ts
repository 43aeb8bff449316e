import * as z from 'zod';
import { cannotRun } from '../template/problem.ts';
import type { Stack } from '../template/read-stack.ts';
import { readPattern, type Matches } from '../streams/event-pattern.ts';
import { scheduleOf, type Schedule } from './schedule.ts';

/** EventBridge's own limits: 24 hours and 185 tries; https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const RetryPolicy = z.strictObject({
  MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(86_400).default(86_400),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(185).default(185),
});

const Target = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  /** JSON text that the target gets instead of the event. */
  Input: z.string().optional(),
  RetryPolicy: RetryPolicy.prefault({}),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
});

/** `AWS::Events::Rule`; what is not named here stops the start, for it would change what is delivered. */
const RuleProperties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventBusName: z.literal('default', 'only the default bus is here').optional(),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  RoleArn: z.undefined('targets that need a role are not called here').optional(),
  Targets: z.array(Target).default([]),
  Tags: z.unknown().optional(),
});

/** Where an event of a rule goes. */
export type Target = z.infer<typeof Target>;

/** One rule of the default bus. */
export interface Rule {
  readonly arn: string;
  readonly enabled: boolean;
  /** Whether an event of the bus is the rule's; a rule that only keeps a schedule takes none. */
  readonly matches: Matches;
  /** Undefined for a rule without one. */
  readonly schedule: Schedule | undefined;
  readonly targets: readonly Target[];
}

/**
 * Reads a rule of the template.
 * @throws ZodError for a property that is unknown or wrong, UnknownPattern or UnknownSchedule for what cannot be judged
 */
export function readRule(properties: unknown, arn: string): Rule {
  const { EventPattern, ScheduleExpression, State, Targets } = RuleProperties.parse(properties);
  for (const { Arn } of Targets)
    if (!/^arn:[^:]+:(lambda|sqs):/.test(Arn)) throw new Error(`A rule calls functions and queues here, not ${Arn}`);
  return {
    arn,
    enabled: State === 'ENABLED',
    matches: EventPattern === undefined ? () => false : readPattern(JSON.stringify(EventPattern)),
    schedule: ScheduleExpression === undefined ? undefined : scheduleOf(ScheduleExpression),
    targets: Targets,
  };
}

/**
 * The rules of a stack.
 * @throws TemplateProblem naming the rule that cannot be kept here
 */
export function rulesOf(stack: Stack): readonly Rule[] {
  return stack.ofType('AWS::Events::Rule').map((resource) => {
    try {
      return readRule(resource.properties, resource.attributes['Arn'] ?? resource.ref);
    } catch (cause) {
      throw cannotRun(resource, stack.templateFile, cause);
    }
  });
}

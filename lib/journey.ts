import { readFileSync } from 'node:fs';
import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Env as RecordOverdueEnv } from '../lambdas/record-overdue/env.ts';
import type { BookTable } from './book-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';

const definition = 'statemachines/dossier-journey.asl.json';

/** The state machine that waits where the paper waits, and the function it calls when a deadline ran out. */
export class Journey extends Construct {
  readonly stateMachine: StateMachine;
  readonly recordOverdue: OperationFunction<RecordOverdueEnv>;

  constructor(scope: Construct, id: string, { code, book }: { code: CodeOf; book: BookTable }) {
    super(scope, id);

    this.recordOverdue = new OperationFunction<RecordOverdueEnv>(this, 'RecordOverdue', {
      operation: 'record-overdue',
      code,
      environment: { BOOK_TABLE: book.tableName },
      memoryMegabytes: 512,
      timeout: Duration.seconds(15),
      // On a morning after a holiday many clocks run out at once; couriers must not keep them waiting.
      reservedConcurrency: 20,
      calledBy: 'the state machine waits for its answer, and retries by its own rules',
    });
    book.grant(this.recordOverdue, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem');

    const role = new Role(this, 'Role', {
      // Step Functions acts for many accounts: only state machines of this one may use the role.
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      description: 'What the journey of a dossier may do',
    });
    // From a definition in a file CDK grants nothing by itself: these are the two things that the journey does.
    book.grant(role, 'dynamodb:UpdateItem');
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.recordOverdue.functionArn] }),
    );

    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'The actions that deliver logs and traces know no resource; writing to the book and calling record-overdue name theirs.',
    });

    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.STANDARD,
      // Read as text, not as an asset: the template shows the whole journey. CDK drops `timeout` in this form, so there
      // is none:
      // every place has its own deadline in the definition, and AWS ends an execution after a year.
      definitionBody: DefinitionBody.fromString(readFileSync(definition, 'utf8')),
      definitionSubstitutions: { BookTable: book.tableName, RecordOverdueFunction: this.recordOverdue.functionArn },
      role,
      tracingEnabled: true,
      // What happened, without what was said: the history keeps inputs and outputs for 90 days, the log need not repeat
      // them.
      logs: { destination: journeyLog(this), level: LogLevel.ALL, includeExecutionData: false },
    });
    // Whoever removes the stack does not end the executions that are under way: they keep their place and their clock.
    // What they would do next, they cannot: the role and the functions go with the stack.
    this.stateMachine.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}

function journeyLog(scope: Construct): LogGroup {
  return new LogGroup(scope, 'Log', {
    // Under this prefix the logs of many stacks share one resource policy, which has room for few others.
    logGroupName: `/aws/vendedlogs/states/${Stack.of(scope).stackName}-journey`,
    retention: RetentionDays.SIX_MONTHS,
    // Its name is fixed: kept behind, it would stand in the way of the next stack of this name.
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

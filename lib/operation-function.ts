import { RemovalPolicy, Stack, Validations, type Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
  type Code,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Counted } from '../domain/ports/counted.ts';
import type { Construct } from 'constructs';

/** Where a function's code comes from: the built bundle, or nothing at all in a test of the stack. */
export type CodeOf = (operation: string) => Code;

interface Operation<Env extends Record<string, string>> {
  /** The folder under `lambdas/`. */
  readonly operation: string;
  readonly code: CodeOf;
  readonly environment: Env;
  readonly memoryMegabytes: number;
  readonly timeout: Duration;
  /**
   * So many instances are kept for this function and it never has more, where one caller could starve another. All of a
   * stack's together must leave 100 of the account's concurrency (1,000 by default) to the rest.
   */
  readonly reservedConcurrency?: number;
}

/** Who calls it, and so what keeps a call that failed. */
type Calls =
  /** Why nothing is lost without a dead-letter queue for asynchronous calls: who calls it, and how. */
  | { readonly calledBy: string; readonly deadLetters?: undefined }
  /** Where an asynchronous call goes when it failed for good. */
  | { readonly deadLetters: IQueue };

export type OperationFunctionProps<Env extends Record<string, string>> = Operation<Env> & Calls;

/** The function of one operation: its own role that may log and trace, and nothing else until it is granted. */
export class OperationFunction<Env extends Record<string, string> = Record<string, string>> extends LambdaFunction {
  readonly operation: string;
  readonly ownRole: Role;
  /** What it counts itself (`adapters/count.ts`). */
  readonly counted: (metricName: Counted, options: MetricOptions) => Metric;

  constructor(scope: Construct, id: string, props: OperationFunctionProps<Env>) {
    const { operation, code, environment, memoryMegabytes, timeout, reservedConcurrency, deadLetters } = props;
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${operation} may do`,
    });
    const logGroup = new LogGroup(scope, `${id}Log`, {
      // A complaint about a dossier may be lodged for six months; the logs that answer it name no people.
      retention: RetentionDays.SIX_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      description: `${operation} (${Stack.of(scope).stackName})`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: code(operation),
      role,
      // Stack traces name our lines instead of one long line of a bundle, for 12 ms and 10 MB at a cold start.
      environment: {
        ...environment,
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: operation,
        POWERTOOLS_METRICS_NAMESPACE: Stack.of(scope).stackName,
      },
      memorySize: memoryMegabytes,
      timeout,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
      tracing: Tracing.ACTIVE,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      ...(deadLetters === undefined ? {} : { onFailure: new SqsDestination(deadLetters) }),
    });
    this.operation = operation;
    this.ownRole = role;
    this.counted = (metricName, options) =>
      new Metric({
        namespace: Stack.of(scope).stackName,
        metricName,
        dimensionsMap: { service: operation },
        ...options,
      });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray’s PutTraceSegments and PutTelemetryRecords know no resource; every other statement of this role names its own.',
    });
    const reason =
      props.deadLetters === undefined
        ? `${operation} is never called asynchronously: ${props.calledBy}.`
        : 'The destination of a failed call keeps more of it than a dead-letter queue.';
    Validations.of(this).acknowledge(
      { id: 'Serverless-LambdaDLQ', reason },
      { id: 'Serverless-LambdaAsyncFailureDestination', reason },
    );
  }
}

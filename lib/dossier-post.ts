import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionsThat } from '../contract/operations.ts';
import { roles } from '../domain/roles.ts';
import { Alarms } from './alarms.ts';
import { BookTable } from './book-table.ts';
import type { Deployment } from './deployment.ts';
import { DailySeal } from './daily-seal.ts';
import { Dashboard } from './dashboard.ts';
import { DossierApi } from './dossier-api.ts';
import { FeedsTable } from './feeds-table.ts';
import { clientName, Identities } from './identities.ts';
import { Journey } from './journey.ts';
import { JourneyFeed } from './journey-feed.ts';
import { KeyedTable } from './keyed-table.ts';
import type { CodeOf } from './operation-function.ts';
import { LimitsTable } from './limits-table.ts';
import { SlipKeys } from './slip-keys.ts';
import { Operations } from './operations.ts';
import { PeopleKey } from './people-key.ts';
import { Publisher } from './publisher.ts';
import { Resumption } from './resumption.ts';
import { ScansBucket } from './scans-bucket.ts';
import { SealsBucket } from './seals-bucket.ts';
import { Sweep } from './sweep.ts';
import type { Senders } from './senders.ts';
import { Telling } from './telling.ts';
import { TraceSampling } from './trace-sampling.ts';
import { Webhooks } from './webhooks.ts';

export interface DossierPostProps {
  readonly deployment: Deployment;
  readonly code: CodeOf;
  /** The https origins whose pages may call the API, upload scans and sign people in. */
  readonly webOrigins: readonly string[];
  /** Uploads are checked for viruses by GuardDuty, which costs by file and by gigabyte (ADR 0033). */
  readonly virusCheck: boolean;
  /** So many lanes a new subscription has (ADR 0037). */
  readonly feedLanes: number;
  /** Webhooks are called on the machine itself, too: for a stage that runs on one (ADR 0040). */
  readonly loopbackReceivers: boolean;
  /** Whose messages people get. */
  readonly senders: Senders;
}

/** Everything that carries a province's dossiers. */
export class DossierPost extends Stack {
  constructor(scope: Construct, id: string, props: DossierPostProps) {
    const { deployment, code, webOrigins, virusCheck, feedLanes, loopbackReceivers, senders } = props;
    const { stackName, env } = deployment;
    super(scope, id, {
      description: 'Carries administrative dossiers by post',
      stackName,
      terminationProtection: deployment.protected,
      ...(env === undefined ? {} : { env }),
    });
    for (const [key, value] of Object.entries(deployment.tags)) Tags.of(this).add(key, value);

    const key = new PeopleKey(this, 'PeopleKey', 'the personal data of dossier-post');
    const book = new BookTable(this, 'Book', deployment);
    const people = new KeyedTable(this, 'People', { key, expires: 'expiresAt', ...deployment });
    const looks = new KeyedTable(this, 'Looks', {
      key: new PeopleKey(this, 'LooksKey', 'who has looked at personal data of dossier-post'),
      expires: 'expiresAt',
      ...deployment,
    });
    const scans = new ScansBucket(this, 'Scans', { key, webOrigins, virusCheck });
    const seals = new SealsBucket(this, 'Seals', deployment);
    const limits = new LimitsTable(this, 'Limits');
    const feeds = new FeedsTable(this, 'Feeds', deployment);

    const { stateMachine, recordOverdue } = new Journey(this, 'Journey', { code, book });
    const { advanceJourney, deadLetters } = new JourneyFeed(this, 'JourneyFeed', { code, book, stateMachine });
    const { resumeExecution } = new Resumption(this, 'Resumption', { code, book, stateMachine, deadLetters });
    const webhooks = new Webhooks(this, 'Webhooks', { code, feeds, deadLetters, loopbackReceivers });
    const { sendWebhooks, wakeWebhooks } = webhooks;
    const { publishEvents, statusUpdates } = new Publisher(this, 'Publisher', {
      code,
      book,
      feeds,
      webhooks,
      deadLetters,
    });
    const { sweepDue } = new Sweep(this, 'Sweep', { code, book, deadLetters });
    const { sealDays } = new DailySeal(this, 'DailySeal', { code, book, seals, deadLetters });
    const telling = new Telling(this, 'Telling', { code, book, people, deadLetters, from: senders });

    const identities = new Identities(this, 'Identities', { webOrigins, ...deployment });
    const { functions } = new Operations(this, 'Operations', {
      code,
      book,
      people,
      looks,
      scans,
      limits,
      feeds,
      webhooks,
      feedLanes,
      loopbackReceivers,
      seals,
      slipKeys: new SlipKeys(this, 'SlipKeys'),
    });
    const { stage } = new DossierApi(this, 'DossierApi', { functions, identities, webOrigins });

    const changing = functionsThat(({ method, doors }) => method !== 'GET' && doors !== 'open');
    new TraceSampling(this, 'TraceSampling', deployment);
    const { topic, findings } = new Alarms(this, 'Alarms', {
      stage,
      stateMachine,
      advanceJourney,
      // An alarm sums ten functions at most: those that only show the contract are left to the API's own alarm.
      answering: changing.map((name) => functions[name]),
      showing: functionsThat(({ doors }) => doors !== 'open').flatMap((name) =>
        changing.includes(name) ? [] : [functions[name]],
      ),
      open: functionsThat(({ doors }) => doors === 'open').map((name) => functions[name]),
      following: [
        advanceJourney,
        recordOverdue,
        resumeExecution,
        sweepDue,
        publishEvents,
        sendWebhooks,
        wakeWebhooks,
        sealDays,
        telling.tellCitizens,
      ],
      batches: [functions['record-events'], functions['record-bag'], functions['request-scan-uploads']],
      sweep: sweepDue,
      webhooks: sendWebhooks,
      sealing: sealDays,
      book,
      people,
      deadLetters,
    });
    new Dashboard(this, 'Dashboard', {
      stage,
      stateMachine,
      advanceJourney,
      functions: [
        ...Object.values(functions),
        advanceJourney,
        recordOverdue,
        resumeExecution,
        sweepDue,
        publishEvents,
        sendWebhooks,
        wakeWebhooks,
        sealDays,
        telling.tellCitizens,
      ],
      tables: [book, people, looks, limits, feeds],
      deadLetters,
      findings,
    });

    new CfnOutput(this, 'ApiUrl', { value: stage.url });
    new CfnOutput(this, 'UserPoolId', { value: identities.userPool.userPoolId });
    new CfnOutput(this, 'SignInUrl', { value: identities.domain.baseUrl() });
    for (const role of roles)
      new CfnOutput(this, `ClientIdOf${clientName(role)}`, { value: identities.clients[role].userPoolClientId });
    new CfnOutput(this, 'StateMachineArn', { value: stateMachine.stateMachineArn });
    new CfnOutput(this, 'BookTableName', { value: book.tableName });
    new CfnOutput(this, 'PeopleTableName', { value: people.tableName });
    new CfnOutput(this, 'ScansBucketName', { value: scans.bucketName });
    new CfnOutput(this, 'SealsBucketName', { value: seals.bucketName });
    new CfnOutput(this, 'OnCallTopicArn', { value: topic.topicArn });
    new CfnOutput(this, 'ZaloQueueUrl', { value: telling.zalo.queueUrl });
    new CfnOutput(this, 'StatusQueueUrl', { value: statusUpdates.queueUrl });
    new CfnOutput(this, 'DeadLetterQueueUrl', { value: deadLetters.queueUrl });
  }
}

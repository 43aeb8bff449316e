import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { roles } from '../contract/roles.ts';
import { Alarms } from './alarms.ts';
import { BookTable } from './book-table.ts';
import { DossierApi } from './dossier-api.ts';
import { clientName, Identities } from './identities.ts';
import { Journey } from './journey.ts';
import { JourneyFeed } from './journey-feed.ts';
import type { CodeOf } from './operation-function.ts';
import { Operations } from './operations.ts';
import { PeopleKey } from './people-key.ts';
import { PeopleTable } from './people-table.ts';
import { ScansBucket } from './scans-bucket.ts';

export interface DossierPostProps extends StackProps {
  readonly code: CodeOf;
  /** The https origins whose pages may call the API, upload scans and sign people in. */
  readonly webOrigins: readonly string[];
}

/** Everything that carries a province's dossiers. */
export class DossierPost extends Stack {
  constructor(scope: Construct, id: string, { code, webOrigins, ...props }: DossierPostProps) {
    super(scope, id, { description: 'Carries administrative dossiers by post', ...props });

    const key = new PeopleKey(this, 'PeopleKey');
    const book = new BookTable(this, 'Book');
    const people = new PeopleTable(this, 'People', { key });
    const scans = new ScansBucket(this, 'Scans', { key, webOrigins });

    const { stateMachine } = new Journey(this, 'Journey', { code, book });
    const { advanceJourney, left } = new JourneyFeed(this, 'JourneyFeed', { code, book, stateMachine });

    const identities = new Identities(this, 'Identities', { webOrigins });
    const { functions } = new Operations(this, 'Operations', { code, book, people, scans });
    const { stage } = new DossierApi(this, 'DossierApi', { functions, identities, webOrigins });

    new Alarms(this, 'Alarms', { stage, stateMachine, advanceJourney, left });

    new CfnOutput(this, 'ApiUrl', { value: stage.url });
    new CfnOutput(this, 'UserPoolId', { value: identities.userPool.userPoolId });
    new CfnOutput(this, 'SignInUrl', { value: identities.domain.baseUrl() });
    for (const role of roles)
      new CfnOutput(this, `ClientIdOf${clientName(role)}`, { value: identities.clients[role].userPoolClientId });
    new CfnOutput(this, 'StateMachineArn', { value: stateMachine.stateMachineArn });
    new CfnOutput(this, 'BookTableName', { value: book.tableName });
    new CfnOutput(this, 'PeopleTableName', { value: people.tableName });
    new CfnOutput(this, 'ScansBucketName', { value: scans.bucketName });
    new CfnOutput(this, 'NewsLeftBehindQueueUrl', { value: left.queueUrl });
  }
}

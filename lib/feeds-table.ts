import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { KeyedTable } from './keyed-table.ts';
import { PeopleKey } from './people-key.ts';

/**
 * What subscribers are told, for a month, and who subscribes. Under a key of its own, for the secrets with which
 * webhooks are signed lie here; nothing about people does.
 */
export class FeedsTable extends KeyedTable {
  constructor(scope: Construct, id: string, deployment: Pick<Deployment, 'protected'>) {
    super(scope, id, {
      key: new PeopleKey(scope, `${id}Key`, 'what subscribers of dossier-post are told'),
      expires: 'expiresAt',
      ...deployment,
    });
  }

  /** Lets `grantee` write lanes. */
  allowPublishing(grantee: IGrantable): void {
    this.allowWriting(grantee, 'dynamodb:UpdateItem');
    this.allowReading(grantee, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query');
  }
}

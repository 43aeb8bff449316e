import type { Gate } from '../aws-endpoint/aws-endpoint.ts';
import { jsonFailure } from '../aws-endpoint/json-protocol.ts';
import type { JsonAnswer } from '../dynamodb/aws-json-client.ts';
import type { Authorize } from '../s3/access.ts';
import { iamRequestsOf, type Account } from './iam-requests.ts';
import { evaluate, type IamRequest } from './evaluate.ts';
import type { Statement } from './statements.ts';

/** Somebody who calls with a role of the template. */
export interface Principal {
  readonly roleName: string;
  /** Of a function, its name. */
  readonly sessionName: string;
  readonly statements: readonly Statement[];
}

export interface Authorizer {
  /** For the AWS port. */
  readonly gate: Gate;
  /** For S3. */
  readonly authorize: Authorize;
}

/**
 * Holds every call against its principal's role, and refuses in AWS's words.
 * @param callerOf the principal by his access key; undefined for the owner of this machine, who may do all
 */
export function createAuthorizer(
  callerOf: (accessKeyId: string) => Principal | undefined,
  account: Account,
): Authorizer {
  const refusalOf = (accessKeyId: string, request: IamRequest): string | undefined => {
    const principal = callerOf(accessKeyId);
    if (principal === undefined) return undefined;
    const decision = evaluate(principal.statements, request);
    return decision === 'allowed' ? undefined : refusal(principal, request, decision, account);
  };
  return {
    gate(accessKeyId, target, body) {
      for (const request of iamRequestsOf(target, body, account)) {
        const message = refusalOf(accessKeyId, request);
        if (message !== undefined) return accessDenied(target, message);
      }
      return undefined;
    },
    authorize: (accessKeyId, action, resource) => refusalOf(accessKeyId, { action, resource }),
  };
}

/** Each service spells the same refusal in its own name. */
function accessDenied(target: string, message: string): JsonAnswer {
  if (target.startsWith('SNS.')) return jsonFailure(403, 'AuthorizationError', message);
  if (target.startsWith('SES.')) return jsonFailure(403, 'AccessDeniedException', message);
  if (target.startsWith('AmazonSQS')) return jsonFailure(400, 'com.amazonaws.sqs#AccessDenied', message);
  const inCoral = target.startsWith('DynamoDB') ? 'com.amazon.coral.service#' : '';
  return jsonFailure(400, `${inCoral}AccessDeniedException`, message);
}

function refusal(
  { roleName, sessionName }: Principal,
  { action, resource }: IamRequest,
  decision: 'denied' | 'unmentioned',
  { accountId }: Account,
): string {
  const on =
    typeof resource === 'string' ? ` on resource: ${action.startsWith('s3:') ? `"${resource}"` : resource}` : '';
  const reason =
    decision === 'denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return `User: arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName} is not authorized to perform: ${action}${on} ${reason}`;
}

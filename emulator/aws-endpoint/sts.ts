import { randomUUID } from 'node:crypto';
import { element, xmlDocument } from '../s3/xml.ts';
import type { Account } from './dynamodb-proxy.ts';

/**
 * GetCallerIdentity, which tools ask before anything else: the account is nobody's, and whoever owns this machine is
 * its
 * root. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function callerIdentity({ accountId }: Account): string {
  return xmlDocument(
    element(
      'GetCallerIdentityResponse',
      [
        element('GetCallerIdentityResult', [
          element('Arn', `arn:aws:iam::${accountId}:root`),
          element('UserId', accountId),
          element('Account', accountId),
        ]),
        element('ResponseMetadata', [element('RequestId', randomUUID())]),
      ],
      ' xmlns="https://sts.amazonaws.com/doc/2011-06-15/"',
    ),
  );
}

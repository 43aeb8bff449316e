import { createHash } from 'node:crypto';

/** Where the local cloud says it is. */
export interface Place {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly stackName: string;
  /** `http://host:port` of the HTTP API on this machine. */
  readonly apiEndpoint: string;
  /** `http://host:port` of the AWS services on this machine. */
  readonly awsEndpoint: string;
}

/** What `Ref` and `Fn::GetAtt` answer for one resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Naming extends Place {
  readonly logicalId: string;
  /**
   * The resource's own text property of that name, resolved; undefined when the template leaves the name to
   * CloudFormation.
   */
  own(property: string): string | undefined;
}

export type Identify = (naming: Naming) => Identity;

/**
 * The name CloudFormation would invent: stack and logical id, here without the random part, so that it is the same on
 * every start.
 * A name that would be too long keeps its beginning and ends in a digest.
 */
export function physicalName({ stackName, logicalId }: Place & { readonly logicalId: string }, longest = 64): string {
  const whole = `${stackName}-${logicalId}`;
  return whole.length <= longest ? whole : `${whole.slice(0, longest - 9)}-${digest(whole, 8)}`;
}

/** The first `length` characters of a digest in lower-case letters and digits. */
export function digest(text: string, length: number): string {
  return BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
    .toString(36)
    .slice(0, length);
}

/** `arn:aws:<service>:<region>:<account>:<rest>` */
export function arn({ region, accountId }: Place, service: string, rest: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${rest}`;
}

import { isDenied, type Denial } from './bucket-policy.ts';
import { accessDenied } from './refusal.ts';

/**
 * Whether a caller may do something: undefined when he may, otherwise AWS's sentence that he may not.
 * @param action for example `s3:GetObject`; @param resource an ARN
 */
export type Authorize = (accessKeyId: string, action: string, resource: string) => string | undefined;

export interface Access {
  /**
   * @param tags of the object, once it is known which one it is: a bucket's policy may ask for one
   * @param onlyIfNew of what makes an object: whether it writes over nothing, which a policy may ask for too
   * @throws S3Refusal AccessDenied
   */
  readonly demand: (
    action: string,
    resource: string,
    tags?: Readonly<Record<string, string>>,
    onlyIfNew?: boolean,
  ) => void;
  readonly may: (action: string, resource: string) => boolean;
}

/** What one caller may do. */
export function accessOf(accessKeyId: string, authorize: Authorize, denials: readonly Denial[]): Access {
  return {
    demand: (action, resource, tags, onlyIfNew) => {
      if (isDenied(denials, action, resource, tags, onlyIfNew)) throw accessDenied();
      const refusal = authorize(accessKeyId, action, resource);
      if (refusal !== undefined) throw accessDenied(refusal);
    },
    may: (action, resource) => authorize(accessKeyId, action, resource) === undefined,
  };
}

export function bucketArn(bucket: string) {
  return `arn:aws:s3:::${bucket}`;
}
export function objectArn(bucket: string, key: string) {
  return `arn:aws:s3:::${bucket}/${key}`;
}

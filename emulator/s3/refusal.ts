import { element, xmlDocument } from './xml.ts';

/**
 * S3 says no. Becomes S3's XML error; https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html lists the
 * codes.
 */
export class S3Refusal extends Error {
  override readonly name = 'S3Refusal';
  readonly status: number;
  readonly code: string;
  /** More elements of the error, for example the size that was too large. */
  readonly details: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, details: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  toXml(requestId: string): string {
    const details = Object.entries(this.details).map(([name, value]) => element(name, value));
    return xmlDocument(
      element('Error', [
        element('Code', this.code),
        element('Message', this.message),
        ...details,
        element('RequestId', requestId),
      ]),
    );
  }
}

export function accessDenied(message = 'Access Denied', details: Readonly<Record<string, string>> = {}) {
  return new S3Refusal(403, 'AccessDenied', message, details);
}
export function noSuchKey(key: string) {
  return new S3Refusal(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });
}
export function noSuchBucket(bucket: string) {
  return new S3Refusal(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket });
}
export function invalidArgument(message: string, details: Readonly<Record<string, string>> = {}) {
  return new S3Refusal(400, 'InvalidArgument', message, details);
}
export function invalidRequest(message: string) {
  return new S3Refusal(400, 'InvalidRequest', message);
}
export function preconditionFailed(condition: string) {
  return new S3Refusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  });
}
export function notImplemented(what: string) {
  return new S3Refusal(501, 'NotImplemented', `The local S3 does not know ${what}.`);
}

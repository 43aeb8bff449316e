/** What signs a call. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A function's keys lie in its environment, for as long as it lives. */
export function environmentKeys(): Keys {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: AWS_SESSION_TOKEN,
  };
}

/** Stands in for `@aws-sdk/credential-provider-node`, and its ten ways to sign in, in the bundles (ADR 0029). */
export function defaultProvider(): () => Promise<Keys> {
  return async () => environmentKeys();
}

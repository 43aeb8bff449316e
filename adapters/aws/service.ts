import { createHash, createHmac } from 'node:crypto';
import { Agent as HttpAgent, request as overHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as overHttps } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { environmentKeys, type Keys } from './keys.ts';

/** A service: its names in hosts, in signatures where that is another, in `X-Amz-Target`, in `AWS_ENDPOINT_URL_…`. */
export interface ServiceName {
  readonly host: string;
  readonly signedFor?: string;
  readonly target?: string;
  readonly variable: string;
}

/** What is sent for a command, as a POST. */
export interface Said {
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One operation of a service, and what is said with it. */
export interface Command {
  readonly operation: string;
  readonly input: object;
}

/** What the SDK's clients are told in tests; a function's environment says the rest. */
export interface Settings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: Keys;
  readonly maxAttempts?: number;
}

/** The service said no. `name` is its own word for why. */
export class ServiceException extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(name: string, message: string, httpStatusCode: number) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}

/** A class of commands for one operation. */
export function commandOf(operation: string): new (input: object) => Command {
  return class implements Command {
    readonly operation = operation;
    readonly input: object;

    constructor(input: object) {
      this.input = input;
    }
  };
}

/** What stands behind `instanceof` for the refusals of one name. */
export function refusedAs(name: string): { readonly [Symbol.hasInstance]: (error: unknown) => boolean } {
  return { [Symbol.hasInstance]: (error) => error instanceof ServiceException && error.name === name };
}

/** So often is asked again before it has to go well now and then: as the SDK's standard mode counts. */
const mostRetries = 100;

/** A client for a function's lifetime, with connections that are kept. It speaks AWS JSON 1.0; others override that. */
export class Service {
  readonly #target: string | undefined;
  readonly #signedFor: string;
  readonly #endpoint: URL;
  readonly #region: string;
  readonly #keys: Keys;
  readonly #attempts: number;
  readonly #agent: HttpAgent | HttpsAgent;
  #retries = mostRetries;
  #signingKey: { readonly day: string; readonly key: Buffer } | undefined;

  constructor(name: ServiceName, { endpoint, region, credentials, maxAttempts = 3 }: Settings = {}) {
    const { env } = process;
    this.#target = name.target;
    this.#signedFor = name.signedFor ?? name.host;
    this.#region = region ?? env['AWS_REGION'] ?? '';
    this.#endpoint = new URL(
      endpoint ??
        env[`AWS_ENDPOINT_URL_${name.variable}`] ??
        env['AWS_ENDPOINT_URL'] ??
        `https://${name.host}.${this.#region}.amazonaws.com`,
    );
    this.#keys = credentials ?? environmentKeys();
    this.#attempts = maxAttempts;
    this.#agent = new (this.#endpoint.protocol === 'http:' ? HttpAgent : HttpsAgent)({
      keepAlive: true,
      maxSockets: 50,
    });
  }

  /**
   * Asks once more, and once again, when the service is busy, fails or cannot be reached; each time it waits longer.
   * Where most of it fails, nothing is asked again: that would only keep the service down.
   * @returns the answer's fields
   * @throws ServiceException, or what the network said
   */
  async send(command: Command): Promise<unknown> {
    const said = this.say(command);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.#ask(said);
        this.#retries = Math.min(mostRetries, this.#retries + (attempt === 1 ? 0.2 : 1));
        return answer;
      } catch (error) {
        if (attempt === this.#attempts || this.#retries < 1 || !mayPass(error)) throw error;
        this.#retries -= 1;
        await sleep(Math.random() * longestPauseMs(error) * 2 ** (attempt - 1));
      }
    }
  }

  destroy(): void {
    this.#agent.destroy();
  }

  protected say({ operation, input }: Command): Said {
    return {
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${this.#target}.${operation}`,
      },
      body: JSON.stringify(input),
    };
  }

  protected hear(text: string): unknown {
    return text === '' ? {} : JSON.parse(text);
  }

  protected refusal(text: string, { statusCode = 0 }: IncomingMessage): ServiceException {
    return refusal(text, statusCode);
  }

  async #ask(said: Said): Promise<unknown> {
    const answer = await this.#post(said);
    const text = await readText(answer);
    if (answer.statusCode === 200) return this.hear(text);
    throw this.refusal(text, answer);
  }

  #post(said: Said): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', path: said.path, headers: this.#signed(said), agent: this.#agent };
      const send = this.#endpoint.protocol === 'http:' ? overHttp : overHttps;
      const asked: ClientRequest = send(this.#endpoint, options, resolve);
      // As the SDK marks what failed between here and there.
      asked.on('error', (error) => reject(Object.assign(error, { $metadata: {} })));
      asked.end(said.body);
    });
  }

  /** Signature Version 4; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
  #signed({ path = '/', headers, body }: Said): Record<string, string> {
    const { accessKeyId, sessionToken } = this.#keys;
    const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const day = date.slice(0, 8);
    const scope = `${day}/${this.#region}/${this.#signedFor}/aws4_request`;
    const signed: Record<string, string> = {
      'host': this.#endpoint.host,
      'x-amz-date': date,
      ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
      ...headers,
    };
    const names = Object.keys(signed).toSorted();
    const lines = names.map((name) => `${name}:${signed[name]}\n`);
    const request = ['POST', path, '', lines.join(''), names.join(';'), sha256(body)].join('\n');
    const text = ['AWS4-HMAC-SHA256', date, scope, sha256(request)].join('\n');
    const signature = hmac(this.#keyOf(day), text).toString('hex');
    const trace = process.env['_X_AMZN_TRACE_ID'];
    return {
      ...signed,
      // By which Lambda notices loops, and X-Ray what belongs together.
      ...(trace ? { 'x-amzn-trace-id': trace } : {}),
      'content-length': String(Buffer.byteLength(body)),
      'authorization': `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    };
  }

  #keyOf(day: string): Buffer {
    if (this.#signingKey?.day !== day) {
      const first = Buffer.from(`AWS4${this.#keys.secretAccessKey}`);
      const parts = [day, this.#region, this.#signedFor, 'aws4_request'];
      this.#signingKey = { day, key: parts.reduce<Buffer>((key, part) => hmac(key, part), first) };
    }
    return this.#signingKey.key;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

const Refused = z.object({
  __type: z.string().default('UnknownError'),
  message: z.string().optional(),
  Message: z.string().optional(),
  CancellationReasons: z.array(z.object({ Code: z.string().optional() })).optional(),
  Item: z.record(z.string(), z.unknown()).optional(),
});

function refusal(said: string, status: number): ServiceException {
  const { __type: type, message, Message, ...more } = Refused.parse(parsed(said));
  // `com.amazonaws.dynamodb.v20120810#ThrottlingException`
  const name = type.slice(type.indexOf('#') + 1);
  return Object.assign(new ServiceException(name, message ?? Message ?? '', status), more);
}

/** What is JSON in an answer; nothing in any other. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A load balancer's page, or nothing: the status says enough.
    return {};
  }
}

const throttling = /Throttl|TooManyRequests|LimitExceeded|ThroughputExceeded|TransactionInProgress/;

/** Whether it may pass when asked again: no answer, a fault of the service's own, or too much at once. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof ServiceException)) return true;
  return error.$metadata.httpStatusCode >= 500 || throttling.test(error.name);
}

function longestPauseMs(error: unknown): number {
  return error instanceof ServiceException && throttling.test(error.name) ? 500 : 100;
}

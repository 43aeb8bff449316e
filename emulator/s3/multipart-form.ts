import { S3Refusal } from './refusal.ts';

/** A form as S3 reads it: the fields, and then the file, which comes last and is not held in memory. */
export interface UploadForm {
  /** Names in lower case: S3 does not tell them apart by case. */
  readonly fields: ReadonlyMap<string, string>;
  /** The file that follows the fields; undefined when the form ended without one. */
  readonly file: { readonly name: string; readonly content: AsyncIterable<Buffer> } | undefined;
}

/** S3 takes 20,000 bytes of form before the file. */
const beforeFileLimit = 20_000;
const lineEnd = Buffer.from('\r\n');
const headersEnd = Buffer.from('\r\n\r\n');

/**
 * Reads `multipart/form-data` up to its file. What follows the file is ignored, as S3 does.
 * @throws S3Refusal MalformedPOSTRequest or MaxPostPreDataLengthExceeded; the file's content throws the former when the
 * body ends too early
 */
export async function readForm(contentType: string, body: AsyncIterable<Buffer>): Promise<UploadForm> {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (boundary === null) throw malformed();
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2] ?? ''}`);
  const bytes = new ByteSource(body);
  const fields = new Map<string, string>();

  await bytes.readUntil(delimiter);
  for (;;) {
    const afterDelimiter = await bytes.readUntil(lineEnd);
    if (afterDelimiter.toString().startsWith('--')) return { fields, file: undefined };
    const headers = (await bytes.readUntil(headersEnd)).toString('utf8');
    const name = /\bname="([^"]*)"/i.exec(headers)?.[1];
    if (name === undefined) throw malformed();
    if (name.toLowerCase() === 'file')
      return { fields, file: { name: fileNameIn(headers), content: bytes.chunksUntil(delimiter) } };
    fields.set(name.toLowerCase(), (await bytes.readUntil(delimiter)).toString('utf8'));
  }
}

/** Without the folders that some browsers send along. */
function fileNameIn(headers: string): string {
  const name = /\bfilename="([^"]*)"/i.exec(headers)?.[1] ?? '';
  return name.split(/[/\\]/).at(-1) ?? '';
}

class ByteSource {
  readonly #chunks: AsyncIterator<Buffer>;
  /** It starts with a line end, so that the first delimiter looks like all others. */
  #held: Buffer = lineEnd;
  #taken = 0;

  constructor(body: AsyncIterable<Buffer>) {
    this.#chunks = body[Symbol.asyncIterator]();
  }

  /** Everything before the next `mark`, which is left behind. */
  async readUntil(mark: Buffer): Promise<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at >= 0) {
        const before = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        this.#taken += at + mark.length;
        if (this.#taken > beforeFileLimit) throw tooMuchBeforeFile();
        return before;
      }
      if (this.#taken + this.#held.length > beforeFileLimit) throw tooMuchBeforeFile();
      await this.#more();
    }
  }

  /** The bytes before the next `mark`, as they arrive. */
  async *chunksUntil(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at >= 0) {
        yield this.#held.subarray(0, at);
        return;
      }
      // The last bytes may be the beginning of the mark.
      const sure = Math.max(0, this.#held.length - mark.length + 1);
      if (sure > 0) yield this.#held.subarray(0, sure);
      this.#held = this.#held.subarray(sure);
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done === true) throw malformed();
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
  }
}

function malformed(): S3Refusal {
  return new S3Refusal(
    400,
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
  );
}

function tooMuchBeforeFile(): S3Refusal {
  return new S3Refusal(
    400,
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceding the upload file were too large.',
  );
}

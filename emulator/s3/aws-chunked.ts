import { S3Refusal } from './refusal.ts';

const lineEnd = Buffer.from('\r\n');
const longestLine = 16 * 1024;

/**
 * Takes the `aws-chunked` wrapping off: `<size in hex>[;chunk-signature=...]\r\n<bytes>\r\n ... 0\r\n<trailers>\r\n`.
 * The signature of the request covers the headers; the signatures of single chunks are not checked, the checksum in the
 * trailer is.
 * @param trailers filled with the trailers, names in lower case, once the last byte was taken
 * @throws S3Refusal IncompleteBody when the body ends early or is not wrapped so
 */
export async function* decodeAwsChunked(
  body: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async () => {
    const next = await chunks.next();
    if (next.done === true) throw incomplete();
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
  };
  const line = async () => {
    while (!held.includes(lineEnd)) {
      if (held.length > longestLine) throw incomplete();
      await more();
    }
    const at = held.indexOf(lineEnd);
    const text = held.subarray(0, at).toString('utf8');
    held = held.subarray(at + lineEnd.length);
    return text;
  };

  for (;;) {
    let left = parseSize(await line());
    if (left === 0) break;
    while (left > 0) {
      if (held.length === 0) await more();
      const part = held.subarray(0, left);
      held = held.subarray(part.length);
      left -= part.length;
      yield part;
    }
    if ((await line()) !== '') throw incomplete();
  }
  for (let text = await line(); text !== ''; text = await line()) {
    const colon = text.indexOf(':');
    trailers.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim());
  }
}

function parseSize(line: string): number {
  const size = Number.parseInt(line, 16);
  if (!/^[0-9a-f]+(;|$)/i.test(line) || !Number.isSafeInteger(size)) throw incomplete();
  return size;
}

function incomplete(): S3Refusal {
  return new S3Refusal(400, 'IncompleteBody', 'The request body terminated unexpectedly');
}

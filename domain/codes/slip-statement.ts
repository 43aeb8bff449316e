import type { Parsed } from './parsed.ts';

/**
 * What a slip says of itself in its QR code: who handed what to whose counter, without a name or a number of people.
 */
export interface SlipStatement {
  readonly trackingCode: string;
  /** Of the key that signs it. */
  readonly keyId: string;
  /** The papers on their way to the agency, or the result on its way home. */
  readonly service: 'send' | 'return';
  /** When the post took it in, and when the slip was printed; epoch milliseconds, whole seconds. */
  readonly acceptedAt: number;
  readonly printedAt: number;
  readonly postOfficeId: string;
  readonly procedureCode: string;
  readonly originals: number;
  readonly copies: number;
  /** Empty where nothing was sealed. */
  readonly sealNumber: string;
  /** Đồng that were taken. */
  readonly amount: number;
}

/** What a QR code that was read holds. */
export interface SignedSlip {
  readonly statement: SlipStatement;
  /** The very text that was signed. */
  readonly signed: string;
  /** ECDSA over P-256: r and s, 32 bytes each. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

export type SlipFault = 'not-a-slip' | 'another-edition';

const edition = '1';
const services = { send: 'S', return: 'R' } as const;
const signatureBytes = 64;
/** 64 bytes in base 36. */
const signatureLetters = 100;

/**
 * The text that is signed. It has only capital letters, digits, `/`, `-` and `.`, which a QR code packs densest and a
 * reader of codes, a keyboard and a telephone hand on as they are; the tracking code comes first.
 */
export function slipText(statement: SlipStatement): string {
  const { trackingCode, keyId, service, acceptedAt, printedAt, postOfficeId, procedureCode } = statement;
  const { originals, copies, sealNumber, amount } = statement;
  return [
    trackingCode,
    edition,
    keyId,
    services[service],
    Math.floor(acceptedAt / 1000),
    Math.floor(printedAt / 1000),
    postOfficeId,
    procedureCode,
    originals,
    copies,
    sealNumber,
    amount,
  ].join('/');
}

/** What the QR code holds. @param signature r and s, as WebCrypto makes and takes them */
export function signedSlip(text: string, signature: Uint8Array): string {
  const number = signature.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return `${text}/${number.toString(36).toUpperCase().padStart(signatureLetters, '0')}`;
}

const count = String.raw`\d{1,9}`;
const seconds = String.raw`\d{1,10}`;
const form = new RegExp(
  `^(?<signed>\\d{18}/\\d+/[A-Z0-9]{1,4}/[SR]/${seconds}/${seconds}/[A-Z0-9-]{2,20}/[0-9.]{1,12}/${count}/${count}/[A-Z0-9-]{0,20}/${count})/(?<signature>[0-9A-Z]{${signatureLetters}})$`,
);

/** Reads what a QR code holds, as it was scanned or pasted. @returns what it says, unchecked; or the fault by name */
export function parseSlip(text: string): Parsed<SignedSlip, SlipFault> {
  const typed = text.replaceAll(/\s+/g, '').toUpperCase();
  const { signed = '', signature = '' } = form.exec(typed)?.groups ?? {};
  const [trackingCode = '', said, keyId = '', service, acceptedAt, printedAt, postOfficeId = '', ...rest] =
    signed.split('/');
  const [procedureCode = '', originals, copies, sealNumber = '', amount] = rest;
  const bytes = bytesOf(signature);
  if (signed === '' || bytes === undefined) return { ok: false, fault: 'not-a-slip' };
  if (said !== edition) return { ok: false, fault: 'another-edition' };
  return {
    ok: true,
    value: {
      statement: {
        trackingCode,
        keyId,
        service: service === services.send ? 'send' : 'return',
        acceptedAt: Number(acceptedAt) * 1000,
        printedAt: Number(printedAt) * 1000,
        postOfficeId,
        procedureCode,
        originals: Number(originals),
        copies: Number(copies),
        sealNumber,
        amount: Number(amount),
      },
      signed,
      signature: bytes,
    },
  };
}

function bytesOf(letters: string): Uint8Array<ArrayBuffer> | undefined {
  let number = Array.from(letters).reduce((sum, letter) => sum * 36n + BigInt(Number.parseInt(letter, 36)), 0n);
  const bytes = new Uint8Array(signatureBytes);
  for (let at = signatureBytes - 1; at >= 0; at -= 1) {
    bytes[at] = Number(number % 256n);
    number /= 256n;
  }
  return number === 0n ? bytes : undefined;
}

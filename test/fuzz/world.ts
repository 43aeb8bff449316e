import { Agent, request as httpRequest } from 'node:http';
import type { ApiClient, DossierAnswer, RegisterBody } from '../../client/api-client.ts';
import { itemCode } from '../../domain/codes/item-code.ts';
import type { Speaker } from '../../local/demo/traveller.ts';
import { bootTown, discard, freshDataDirectory } from '../journeys/town.ts';
import type { Vocabulary } from './draw.ts';

/** Who may ask: with a token of a role and a unit, with none, or with one that proves nothing. */
export const callers = {
  'nobody': undefined,
  'nonsense': undefined,
  'portal': { role: 'portal' },
  'clerk of Bắc Kạn': { role: 'clerk', unit: 'PO-BACKAN' },
  'clerk of Na Rì': { role: 'clerk', unit: 'PO-NARI' },
  'clerk of Chợ Đồn': { role: 'clerk', unit: 'PO-CHODON' },
  'courier of Bắc Kạn': { role: 'courier', unit: 'PO-BACKAN' },
  'courier of Chợ Đồn': { role: 'courier', unit: 'PO-CHODON' },
  'officer of Bắc Kạn': { role: 'officer', unit: 'AG-PASC-BACKAN' },
  'officer of Thái Nguyên': { role: 'officer', unit: 'AG-PASC-THAINGUYEN' },
  'supervisor of Na Rì': { role: 'supervisor', unit: 'PO-NARI' },
  'supervisor of Chợ Đồn': { role: 'supervisor', unit: 'PO-CHODON' },
  'ops': { role: 'ops' },
} as const satisfies Record<string, Speaker | undefined>;
export type Caller = keyof typeof callers;
export const callerNames: readonly Caller[] = Object.keys(callers).filter((name): name is Caller => name in callers);

interface Planted {
  readonly opener: Caller;
  /** Who has a right to it: units, and the portal that registered it. */
  readonly insiders: readonly string[];
  readonly registration: Omit<RegisterBody, 'applicant'>;
}

const toBacKan = {
  frontDoor: 'counter',
  procedureCode: '2.000488',
  agencyId: 'AG-PASC-BACKAN',
  communeId: 'CM-01843',
} as const;
const toNaRi = {
  frontDoor: 'counter',
  procedureCode: '2.000488',
  agencyId: 'AG-PASC-THAINGUYEN',
  communeId: 'CM-02155',
} as const;

/**
 * Dossiers about which only those ask who have no right to them, so that nothing of their people may ever be answered.
 */
const quiet: readonly Planted[] = [
  { opener: 'clerk of Bắc Kạn', insiders: ['PO-BACKAN', 'AG-PASC-BACKAN'], registration: toBacKan },
  { opener: 'clerk of Na Rì', insiders: ['PO-NARI', 'AG-PASC-THAINGUYEN'], registration: toNaRi },
  {
    opener: 'portal',
    insiders: ['portal', 'PO-BACKAN', 'AG-PASC-BACKAN'],
    registration: { ...toBacKan, frontDoor: 'pickup', procedureCode: '1.002809' },
  },
];

/** Made up, and nobody else’s. */
function secretPerson(n: number): RegisterBody['applicant'] {
  return {
    fullName: `Trịnh Bí Mật ${['Một', 'Hai', 'Ba'][n]}`,
    phone: `091234500${n}`,
    address: `Ngõ Kín ${['Thứ Nhất', 'Thứ Hai', 'Thứ Ba'][n]}`,
    identityNumber: `00119900777${n}`,
  };
}
const anybody: RegisterBody['applicant'] = { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900000001', address: 'Tổ Mẫu' };

/** One answer, as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request as it goes over the wire; `~word~` stands for what is drawn anew at each start: ids, codes. */
export interface Sent {
  readonly caller: Caller;
  readonly from: string;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | undefined;
  /** The body’s bytes are damaged here. */
  readonly brokenAt?: number;
}

/** A town with dossiers that are played with, and others that nobody with a right touches. */
export interface World {
  readonly vocabularyOf: (caller: Caller) => Vocabulary;
  /** What must not be in an answer to this caller. */
  readonly secretsFrom: (caller: Caller) => readonly string[];
  /** Puts what was drawn at the start in the place of words. */
  readonly resolved: (text: string) => string;
  send(sent: Sent): Promise<Answer>;
  /** All allowances are whole again. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** Boots a town and plants its dossiers. */
export async function plantWorld(): Promise<World> {
  const dataDir = freshDataDirectory();
  const town = await bootTown(dataDir);
  const as = (caller: Caller): ApiClient => {
    const speaker = callers[caller];
    if (speaker === undefined) throw new Error(`${caller} opens nothing`);
    return town.as(speaker);
  };
  const tokens = new Map<Caller, string>();
  for (const name of callerNames) {
    const speaker = callers[name];
    if (speaker !== undefined) tokens.set(name, `Bearer ${await town.bearer(speaker, 366 * 86_400)}`);
  }
  tokens.set('nonsense', 'Bearer eyJhbGciOiJub25lIn0.e30.');

  const words = new Map<string, string>();
  const plant = (name: string, { dossierId, trackingCode }: DossierAnswer): void => {
    words.set(`${name}.id`, dossierId).set(`${name}.code`, trackingCode);
  };
  for (const [n, { opener, registration }] of quiet.entries())
    plant(`quiet${n}`, await as(opener).register({ ...registration, applicant: secretPerson(n) }));
  plant('play0', await as('clerk of Bắc Kạn').register({ ...toBacKan, applicant: anybody }));
  plant('play1', await as('clerk of Na Rì').register({ ...toNaRi, applicant: anybody }));
  const invited = await as('clerk of Bắc Kạn').requestUpload(words.get('play0.id') ?? '', {
    kind: 'papers',
    contentType: 'application/pdf',
    bytes: new Uint8Array([1]),
  });
  words.set('scan0', invited.scanId);
  await town.settled();

  const resolved = (text: string): string =>
    text.replaceAll(/~([\w.]+)~/g, (whole, name: string) => words.get(name) ?? whole);
  const isInside = (caller: Caller, { insiders }: Planted): boolean => {
    const speaker: Speaker | undefined = callers[caller];
    return speaker !== undefined && insiders.includes(speaker.unit ?? speaker.role);
  };
  const outside = (caller: Caller): readonly number[] =>
    quiet.flatMap((planted, n) => (isInside(caller, planted) ? [] : [n]));

  // Thousands of addresses would each keep a connection.
  const agent = new Agent({ keepAlive: false });
  return {
    resolved,
    vocabularyOf: (caller) => {
      const theirs = outside(caller).map((n) => `~quiet${n}.id~`);
      return {
        dossierId: ['~play0.id~', '~play1.id~', '~play0.id~', '~play1.id~', ...theirs, 'd-00000000000000000000000000'],
        trackingCode: ['~play0.code~', '~quiet0.code~', '~quiet1.code~', '1234-5678-9015', '1234-5678-9012'],
        scanId: ['~scan0~', 's-00000000000000000000000000'],
        eventId: ['fuzz-event-1', 'fuzz-event-2', 'fuzz-event-3', 'fuzz-event-4'],
        concerns: ['fuzz-event-1', 'fuzz-event-2', 'journey.1'],
        postOfficeId: ['PO-BACKAN', 'PO-NARI', 'PO-CHODON', 'PO-MARS'],
        agencyId: ['AG-PASC-BACKAN', 'AG-PASC-THAINGUYEN', 'AG-MARS'],
        communeId: ['CM-01843', 'CM-02155', 'CM-00000'],
        unit: ['PO-BACKAN', 'PO-NARI', 'AG-PASC-BACKAN'],
        procedureCode: ['2.000488', '1.002809', '1.001193', '2.000884', '9.999999'],
        sha256: ['a'.repeat(64), 'b'.repeat(64)],
        phone: ['0900000001', '0912 345 678', '+84 90 000 0001', '12'],
        itemCode: [itemCode('RA', '20000001', 'VN'), itemCode('RA', '20000002', 'VN'), 'RA123456780VN'],
        type: ['Collected', 'Dispatched', 'Scanned', 'HandedToAgency', 'Withdrawn', 'CitizenTold', 'Cancelled'],
      };
    },
    secretsFrom: (caller) => {
      const people = (n: number): readonly string[] => Object.values(secretPerson(n)).map(String);
      // Ops read where a dossier is, and never whose it is.
      if (caller === 'ops') return quiet.flatMap((_planted, n) => people(n));
      return outside(caller).flatMap((n) => {
        const code = words.get(`quiet${n}.code`) ?? '';
        return [...people(n), code, code.replaceAll('-', '')];
      });
    },
    send: async ({ caller, from, method, path, headers, body, brokenAt }) => {
      const token = tokens.get(caller);
      const bytes = body === undefined ? undefined : Buffer.from(resolved(body));
      if (bytes !== undefined && brokenAt !== undefined) bytes[brokenAt % Math.max(1, bytes.length)] = 0xff;
      const { hostname, port, host } = new URL(town.apiUrl);
      const all = [
        ['host', host],
        // Data, where there is a page of the same, too.
        ['accept', 'application/json'],
        ...(token === undefined ? [] : [['authorization', token]]),
        ...(bytes === undefined ? [] : [['content-length', String(bytes.length)]]),
        ...headers.map(([name, value]) => [name, resolved(value)]),
      ];
      return new Promise((resolve, reject) => {
        httpRequest(
          { agent, hostname, port, method, path: resolved(path), localAddress: from, headers: all.flat() },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                body: Buffer.concat(chunks).toString(),
              }),
            );
          },
        )
          .on('error', reject)
          .end(bytes);
      });
    },
    forget: async () => town.clock.jumpTo(town.clock.now() + 61_000),
    close: async () => {
      agent.destroy();
      await town.close();
      discard(dataDir);
    },
  };
}

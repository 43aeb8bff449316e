import type { SFNClient } from '@aws-sdk/client-sfn';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiClient } from '../../client/api-client.ts';
import { startSystem, type System } from '../../local/system.ts';
import { executionOf, stepFunctionsAt, type ExecutionSummary } from '../../local/demo/execution.ts';
import type { Speaker, World } from '../../local/demo/traveller.ts';
import type { BootedType } from '../../emulator/template/resource-types.ts';
import { synthesize } from '../../local/synthesize.ts';

/** One post office, one agency and their people. */
export const clerk: Speaker = { role: 'clerk', unit: 'PO-BACKAN' };
export const courier: Speaker = { role: 'courier', unit: 'PO-BACKAN' };
export const officer: Speaker = { role: 'officer', unit: 'AG-PASC-BACKAN' };
export const supervisor: Speaker = { role: 'supervisor', unit: 'PO-BACKAN' };
export const portal: Speaker = { role: 'portal' };
export const ops: Speaker = { role: 'ops' };

/** A whole local cloud for one test file, with a clock that skips. */
export interface Town extends World {
  readonly apiUrl: string;
  readonly awsUrl: string;
  readonly accessKey: System['accessKey'];
  readonly dataDir: string;
  /** The names of the tables, and the address of the dead-letter queue. */
  readonly book: string;
  readonly people: string;
  readonly deadLetters: string;
  /** The name of the table of looks. */
  readonly looks: string;
  /** The name of the bucket of scans. */
  readonly scans: string;
  /** The name of the bucket of seals. */
  readonly seals: string;
  /** The queue from which the one-stop systems hear. */
  readonly statusUpdates: string;
  readonly stepFunctions: SFNClient;
  /** Takes parts of the cloud away, as an outage does. */
  readonly faults: System['faults'];
  bearer(speaker: Speaker, lifetimeSeconds?: number): Promise<string>;
  readonly clientOf: System['clientOf'];
  execution(dossierId: string, generation?: number): Promise<ExecutionSummary>;
  /** Ends it; the data stay where they are. */
  close(): Promise<void>;
}

const project = fileURLToPath(new URL('../..', import.meta.url));

/** A directory of its own under the system's temporary one. */
export function freshDataDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'dossier-post-journey-'));
}
export function discard(directory: string): void {
  return rmSync(directory, { recursive: true, force: true });
}

/** Boots the whole system on free ports over a data directory. */
export async function bootTown(dataDir: string, context: readonly string[] = []): Promise<Town> {
  const assembly = await synthesize(project, () => {}, context);
  const cloud = await startSystem({ assembly, dataDir, apiPort: 0, awsPort: 0 });
  const stepFunctions = stepFunctionsAt(cloud);
  const refOf = (type: BootedType, name: RegExp): string =>
    cloud.stack.ofType(type).find(({ logicalId }) => name.test(logicalId))?.ref ?? '';
  const bearer = async (speaker: Speaker, lifetimeSeconds?: number): Promise<string> =>
    cloud.mint({ ...speaker, lifetimeSeconds });
  return {
    apiUrl: cloud.apiUrl,
    awsUrl: cloud.awsUrl,
    accessKey: cloud.accessKey,
    dataDir,
    book: refOf('AWS::DynamoDB::Table', /^Book/),
    people: refOf('AWS::DynamoDB::Table', /^People/),
    deadLetters: refOf('AWS::SQS::Queue', /DeadLetters/),
    looks: refOf('AWS::DynamoDB::Table', /^Looks/),
    seals: refOf('AWS::S3::Bucket', /^Seals/),
    statusUpdates: refOf('AWS::SQS::Queue', /StatusUpdates/),
    scans: refOf('AWS::S3::Bucket', /^Scans(?!AccessLog)/),
    clock: cloud.clock,
    settled: cloud.settled,
    faults: cloud.faults,
    stepFunctions,
    bearer,
    clientOf: cloud.clientOf,
    as: (speaker) => apiClient({ apiUrl: cloud.apiUrl, token: async () => bearer(speaker) }),
    execution: async (dossierId, generation) => executionOf(stepFunctions, dossierId, generation),
    close: async () => {
      stepFunctions.destroy();
      await cloud.close();
    },
  };
}

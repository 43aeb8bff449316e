import { createAwsEndpoint } from '../../../emulator/aws-endpoint/aws-endpoint.ts';
import { createFaults, type Faults } from '../../../emulator/faults.ts';
import type { OpsDesk } from '../../../emulator/console/ops-desk.ts';
import { createConsole } from '../../../emulator/console/console.ts';
import { plainSignIn } from '../../../emulator/cognito/sign-in.ts';
import { vietnameseNames } from '../../../local/second-names.ts';
import { besideS3 } from '../../../emulator/control.ts';
import { place, workbench, jsonata, type Workbench } from '../stepfunctions/workbench.ts';
import { journeyText } from './journey.ts';
import { everyKey } from '../signing.ts';

/** The pages on a port of their own, with a real engine behind them and nothing that it could call. */
export interface Desk {
  readonly url: string;
  readonly bench: Workbench;
  readonly faults: Faults;
  close(): Promise<void>;
}

export async function desk(at?: OpsDesk): Promise<Desk> {
  const bench = await workbench();
  const { sfn, clock } = bench;
  const faults = createFaults([{ logicalId: 'Publish1A2B', name: 'Post-Publish' }], clock);
  const endpoint = await createAwsEndpoint({
    port: 0,
    dynamodb: { endpoint: 'http://127.0.0.1:9', noteWrite: () => {}, streamRefusal: () => undefined },
    stepFunctions: sfn,
    s3: besideS3(
      { handle: async (_request, response) => void response.writeHead(200, { 'x-from': 's3' }).end() },
      {
        clock,
        faults,
        issuer: undefined,
        hosted: undefined,
        appClients: [],
        signIn: plainSignIn,
        pages: createConsole({
          stepFunctions: Promise.resolve(sfn),
          clock,
          faults,
          outbox: { list: () => [] },
          secondNames: vietnameseNames,
          ...(at && { opsDesk: at }),
        }),
      },
    ),
    findKey: everyKey,
  });
  return {
    url: endpoint.url,
    bench,
    faults,
    async close() {
      await endpoint.close();
      await sfn.close();
    },
  };
}

/** A small machine: waits an hour at most, then ends. */
export const small = jsonata('Here', {
  Here: place({ TimeoutSeconds: 3600, Next: 'There', Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }] }),
  There: place({ Next: 'Done' }),
  Late: { Type: 'Pass', Next: 'There' },
  Done: { Type: 'Succeed' },
});

/** What an execution of the journey starts with. */
export function journeyInput(dossierId: string, resumeAt: string) {
  return { dossierId, generation: 1, resumeAt, followed: 1 };
}

export const journeyDefinition: unknown = JSON.parse(journeyText);

import type { SFNClient } from '@aws-sdk/client-sfn';
import { agencyCalendar } from '../../domain/calendar/working-calendar.ts';
import type { ApiClient, DossierWithTimeline, ScanAnswer } from '../../client/api-client.ts';
import { executionOf, type ExecutionSummary } from './execution.ts';
import { toldAbout, type Told } from './outbox.ts';
import type { Story } from './stories.ts';
import type { ThrowAwayCloud } from './throw-away-cloud.ts';
import { setOut, timeIn } from './traveller.ts';

/** One story, carried through. */
export interface Carried {
  readonly story: Story;
  readonly dossier: DossierWithTimeline;
  readonly scans: readonly ScanAnswer[];
  readonly custody: Awaited<ReturnType<ApiClient['custody']>>;
  readonly clock: Awaited<ReturnType<ApiClient['clock']>>;
  readonly execution: ExecutionSummary;
  /** What went out to people. */
  readonly told: readonly Told[];
  /** The slip as it is printed, where it has one. */
  readonly slip?: string;
  /** Whole and tenths of days on the virtual clock, from registration to the last event. */
  readonly virtualDays: number;
  readonly wallMs: number;
}

const day = 24 * 3_600_000;

/**
 * Carries one story from the next morning on which every office works, through the API alone.
 * @throws ApiRefusal when the API refuses a step; Error when nobody follows the dossier
 */
export async function carry(world: ThrowAwayCloud, stepFunctions: SFNClient, story: Story): Promise<Carried> {
  const startedAt = performance.now();
  const { nextMorning, now, later } = timeIn(world);
  await nextMorning(agencyCalendar);
  const openedAt = now();
  const traveller = await setOut(world, story.opener, story.registration);
  await story.travel(traveller);
  const endedAt = now();
  // Once a minute people are told.
  for (let minutes = 0; minutes < 3; minutes += 1) await later(1);
  const client = world.as(story.opener);
  const dossier = await client.read(traveller.dossier.dossierId);
  return {
    story,
    dossier,
    scans: traveller.scans,
    custody: await client.custody(dossier.dossierId),
    clock: await client.clock(dossier.dossierId),
    execution: await executionOf(stepFunctions, dossier.dossierId),
    told: await toldAbout(world.awsUrl, dossier.trackingCode),
    ...(dossier.frontDoor === 'counter' ? { slip: await client.slip(dossier.dossierId) } : {}),
    virtualDays: Math.round(((endedAt - openedAt) / day) * 10) / 10,
    wallMs: Math.round(performance.now() - startedAt),
  };
}

/** The paper is with the citizen, and the state machine knows. */
export function arrived({ dossier, execution }: Carried): boolean {
  return dossier.place.name === 'Delivered' && execution.status === 'SUCCEEDED';
}

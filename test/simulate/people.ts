import { takeIn, type Intake, type Said, type Taken } from '../../domain/intake/take-in.ts';
import { allowedActions, type AllowedAction } from '../../domain/journey/allowed-actions.ts';
import { decide, runOut } from '../../domain/journey/decide.ts';
import { frontDoors, type Dossier, type JourneyEvent, type Party } from '../../domain/journey/dossier.ts';
import { eventFacts, type Details, type EventType } from '../../domain/journey/events.ts';
import { isEnd, type Place } from '../../domain/journey/places.ts';
import { happyWayFrom, lawEdition, rules, stands, waysFrom, type Rule } from '../../domain/journey/rules.ts';
import { clerk, courier, officer, only, opening, portal, proofsOf, truth } from '../domain/journey/town.ts';
import type { Cloud } from './cloud.ts';
import type { Accepted } from './invariants.ts';
import type { Random } from './random.ts';
import { secretName } from './secret.ts';

/** Said beside the journey, of which the simulation tells little: it would be told of nothing else. */
const besides: readonly EventType[] = [
  'ContactCorrected',
  'ComplaintMade',
  'ComplaintAnswered',
  'LiabilityAgreed',
  'CompensationPaid',
  'StatusReported',
];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Somebody with a phone, which may be without signal, and whose clock may be wrong. */
interface Phone {
  readonly by: Party;
  readonly device: string;
  readonly aheadMs: number;
  readonly queue: Said[];
  sequence: number;
  offlineUntil: number;
  /** When it last said how wrong its clock is, and was heard. */
  toldAt: number;
}

/** What really happens to the papers of a dossier, whoever knows of it. */
interface Papers {
  readonly dossierId: string;
  real: Dossier;
  /** Somebody has told or decided what does not fit what happened: only the set of facts tells what is true then. */
  isTangled: boolean;
  /** A clock has moved them: what happens next may be told before the book’s rings, and stands where they were. */
  hasRunOut: boolean;
}

/** How many steps lead from a place to another at least; Infinity for none. */
function stepsBetween(from: Place, goal: Place): number {
  let [edge, steps]: [readonly Place[], number] = [[from], 0];
  for (const seen = new Set(edge); edge.length > 0; steps += 1) {
    if (edge.includes(goal)) return steps;
    edge = [...new Set(edge.flatMap(waysFrom))].filter((place) => !seen.has(place));
    for (const place of edge) seen.add(place);
  }
  return Infinity;
}

/** Whether an action is the line that is wished for, or a step nearer to where it begins. */
function leadsTo({ from, on }: Rule, place: Place, { event, to }: AllowedAction): boolean {
  // A hold expires after two invitations, and a clock by itself.
  if (place === from) return event === (on === 'HoldExpired' ? 'Invited' : on);
  return to.some((next) => stepsBetween(next, from) < stepsBetween(place, from));
}

interface Way {
  readonly dossier: Dossier;
  readonly events: readonly JourneyEvent[];
}

/** A dossier so many steps further on the happy way, each an hour after the one before. */
function alongTheHappyWay(way: Way, steps: number): Way {
  const { dossier, events } = way;
  if (steps === 0 || isEnd(dossier.place)) return way;
  const now = dossier.since + hour;
  const next = rules
    .filter(
      (rule) => rule.from === dossier.place && stands(rule, lawEdition) && rule.to === happyWayFrom(dossier.place),
    )
    .flatMap((rule) =>
      [clerk, courier, officer].map((by) =>
        decide(
          dossier,
          {
            eventId: `before-${events.length}-of-${dossier.dossierId}`,
            type: rule.on,
            occurredAt: now,
            by,
            details: proofsOf(rule, dossier, now),
          },
          now,
        ),
      ),
    )
    .find((decision) => decision.ok && decision.value.event.standing === undefined && decision.value.event.milestone);
  if (next?.ok !== true) return way;
  return alongTheHappyWay({ dossier: next.value.dossier, events: [...events, next.value.event] }, steps - 1);
}

/** What somebody did, in words. */
export type Log = (words: string) => void;

export interface World {
  readonly papers: readonly Papers[];
  readonly accepted: Map<string, Accepted>;
  readonly refused: { readonly said: Said; readonly why: string }[];
  /** One step of the story. */
  step(): Promise<void>;
  /** Everybody has signal again, and sends until nothing is left. */
  sendAll(): Promise<void>;
  /** What runs out with time has run out in reality. */
  lapseAll(): void;
}

/** Dossiers and the people around them. */
export async function worldOf(cloud: Cloud, random: Random, log: Log, take: typeof takeIn = takeIn): Promise<World> {
  const { clock, book, faults, scheduler } = cloud;
  const intake: Intake = { book, now: () => clock.now(), pause: () => scheduler.turn() };
  const phones: readonly Phone[] = [clerk, courier, { ...courier, person: 'second' }, officer, portal].map(
    (by, index) => ({
      by: { person: 'first', ...by },
      device: `phone-000${index}`,
      // One phone in two is wrong by up to three days, and says so as it sends.
      aheadMs: random.chance(0.5) ? 0 : random.between(-72, 72) * hour,
      queue: [],
      sequence: 0,
      offlineUntil: 0,
      toldAt: -Infinity,
    }),
  );
  const accepted = new Map<string, Accepted>();
  const refused: { said: Said; why: string }[] = [];
  const papers: Papers[] = [];
  let told = 0;

  // Each world is drawn towards one line of the law, so that none is walked by chance alone.
  const wish = random.pick(rules.filter((rule) => stands(rule, lawEdition)));

  for (let index = 0; index < random.between(2, 4); index += 1) {
    const frontDoor = wish.when === 'pickups-spent' ? 'pickup' : random.pick(frontDoors);
    const returnByPost = frontDoor === 'result-only' || random.chance(0.8);
    // Half of them are on their way already: few stories are long enough to reach the door.
    const steps = random.chance(0.5) ? random.between(1, 8) : 0;
    const began = clock.now() - (steps + 1) * hour;
    const { event, dossier } = opening(frontDoor, { procedureCode: '2.001263', returnByPost }, began);
    const named = { ...dossier, dossierId: `d-simulated-${index}` };
    const opened = event.opened && { ...event, opened: { ...event.opened, dossierId: named.dossierId } };
    const way = alongTheHappyWay({ dossier: named, events: [opened ?? event] }, steps);
    cloud.truth.lay(way.dossier, way.events);
    papers.push({ dossierId: named.dossierId, real: way.dossier, isTangled: false, hasRunOut: false });
  }

  const settle = async (): Promise<void> => scheduler.settle();

  /** The clock runs in reality too: a registration lapses whether or not anybody has rung. */
  const lapse = (one: Papers): void => {
    for (let report = runOut(one.real, clock.now()); report; report = runOut(one.real, clock.now())) {
      const decision = decide(one.real, report, Math.max(report.occurredAt, one.real.since));
      if (!decision.ok) return;
      one.hasRunOut ||= decision.value.dossier.place !== one.real.place;
      one.real = decision.value.dossier;
    }
  };

  const send = async (phone: Phone, said: Said): Promise<void> => {
    // A wrong clock is known by what the phone says as it sends, or said in the days before.
    const isRemembered = said.report.device !== undefined && clock.now() - phone.toldAt < 6 * day;
    const isTelling = phone.aheadMs !== 0 && !(isRemembered && random.chance(0.5));
    const sentAt = isTelling ? { sentAt: clock.now() + phone.aheadMs } : {};
    const asSent: Said = { ...said, report: { ...said.report, ...sentAt } };
    if (phone.aheadMs !== 0) faults.count('wrong-clock');
    let taken: Taken;
    try {
      taken = await take(intake, asSent);
    } catch {
      phone.queue.push(said);
      return;
    }
    const name = `${said.dossierId} ${said.report.eventId}`;
    if (!('refusal' in taken)) {
      const { device, occurredAt } = said.report;
      accepted.set(name, { said, ...(device === undefined ? {} : { happenedAt: occurredAt - phone.aheadMs }) });
      if (isTelling && taken.isNew && device !== undefined) phone.toldAt = clock.now();
    } else if (taken.refusal.name === 'Overtaken') phone.queue.push(said);
    else refused.push({ said, why: taken.refusal.name });
  };

  /** Something happens to papers, or somebody decides about them. */
  const act = async (): Promise<void> => {
    // Two acts of one instant have no order of their own.
    await clock.jumpTo(clock.now() + minute);
    const one = random.pick(papers);
    lapse(one);
    if (isEnd(one.real.place) && random.chance(wish.from === one.real.place ? 0.2 : 0.9)) return;
    const phone = random.pick(phones);
    const open = allowedActions(one.real, phone.by).filter(({ event }) => !besides.includes(event));
    if (open.length === 0) return;
    // Roads get long where most steps lead on, and not everything is lost at once.
    const onwards = open.filter(
      ({ event, to }) => to.some((place) => place !== one.real.place) && event !== 'ReportedMissing',
    );
    const wished = open.filter((each) => leadsTo(wish, one.real.place, each));
    // Where the line begins it is insisted on: some need the same thing three times, and some only patience.
    const isThere = wish.from === one.real.place;
    const action =
      wished.length > 0 && random.chance(isThere ? 0.95 : 0.5)
        ? random.pick(wished)
        : random.pick(onwards.length > 0 && random.chance(0.75) ? onwards : open);
    const { kind } = eventFacts[action.event];
    const isPaper = kind === 'physical-fact' || kind === 'remark';
    const known = await cloud.truth.head(one.dossierId);
    if (one.hasRunOut && known?.place !== one.real.place) one.isTangled = true;
    // Whoever decides looks at the screen first: as long as it is behind, most wait.
    if (!isPaper && known?.place !== one.real.place) return;
    if (isPaper && clock.now() < phone.offlineUntil) faults.count('offline');
    const all: Required<Details> = {
      ...truth(one.real, action.event, clock.now()),
      solution: random.pick(['redeliver', 'hold', 'return'] as const),
      outcome: random.pick(['accepted', 'returned'] as const),
      reason: random.pick(['receiver-absent', 'citizen-moved', 'receiver-refused'] as const),
      returnBy: random.pick(['post', 'agency'] as const),
    };
    const details = only(
      all,
      action.requires.concat(action.allows.filter((name) => name === 'officialCode' && random.chance(0.3))),
    );
    // What else decides between the ways: as much of it as the law takes.
    const said = [['nextAttemptAt', 'reason'], ['resultDueAt'], ['reason'], ['nextAttemptAt'], []].map(
      (more): Details => ({
        ...details,
        ...only(
          all,
          action.allows.filter((name) => more.includes(name)),
        ),
      }),
    );
    const isTaken = (some: Details): boolean =>
      decide(
        one.real,
        { eventId: 'x', type: action.event, occurredAt: clock.now(), by: phone.by, details: some },
        clock.now(),
      ).ok;
    const chosen = said.find(isTaken) ?? details;
    told += 1;
    const report = {
      eventId: `told-${String(told).padStart(5, '0')}`,
      type: action.event,
      occurredAt: clock.now(),
      by: phone.by,
      details: chosen,
    };
    if (kind !== 'remark') {
      const real = decide(one.real, report, clock.now());
      if (!real.ok || real.value.event.standing !== undefined) return;
      one.real = real.value.dossier;
    }
    phone.sequence += 1;
    const message: Said = {
      dossierId: one.dossierId,
      report: {
        ...report,
        occurredAt: report.occurredAt + phone.aheadMs,
        ...(isPaper ? { device: { id: phone.device, sequence: phone.sequence } } : {}),
      },
      personal: chosen.receiver === undefined ? {} : { receiverName: secretName },
    };
    log(`${phone.by.role} ${phone.by.person ?? ''}: ${action.event} of ${one.dossierId}`);
    if (isPaper) phone.queue.push(message);
    else {
      const before = refused.length;
      cloud.spawn(() => send(phone, message));
      await settle();
      // A decision that was refused, or lost in a storm, has not been taken.
      if (refused.length > before || phone.queue.length > 0) one.isTangled = true;
    }
  };

  const flush = async (phone: Phone, most: number): Promise<void> => {
    const batch = random.shuffled(phone.queue.splice(0, most));
    if (batch.length > 1) faults.count('reordered');
    for (const said of batch) {
      cloud.spawn(() => send(phone, said));
      if (random.chance(0.1)) {
        faults.count('told-twice');
        cloud.spawn(() => send(phone, said));
      }
    }
    log(`${phone.by.role} ${phone.by.person ?? ''} sends ${batch.length}`);
    await settle();
  };

  const pass = async (): Promise<void> => {
    const isLong = random.chance(0.12);
    if (isLong) faults.count('clock-jump');
    const ms = isLong ? random.between(1, 9) * day : random.between(20, 400) * minute;
    log(`${Math.round(ms / hour)} hours pass`);
    await clock.jumpTo(clock.now() + ms);
    await settle();
  };

  const carry = async (most: number): Promise<void> => {
    cloud.spawn(() => cloud.deliver(most));
    await settle();
  };

  const stop = async (): Promise<void> => {
    const one = random.pick(papers);
    const line = await cloud.truth.executionLine(one.dossierId);
    if (line === undefined) return;
    faults.count('stopped');
    log(`ops stop the execution of ${one.dossierId}`);
    await cloud.stop(one.dossierId, line.generation);
    await settle();
  };

  const lose = (): void => {
    if (cloud.stream.length === 0) return;
    faults.count('record-lost');
    log('a stream record is lost');
    cloud.stream.splice(random.below(cloud.stream.length), 1);
  };

  return {
    papers,
    accepted,
    refused,
    step: async () => {
      const drawn = random.below(100);
      if (drawn < 38) await act();
      else if (drawn < 58) {
        const phone = random.pick(phones);
        if (clock.now() < phone.offlineUntil) return;
        if (random.chance(0.2)) phone.offlineUntil = clock.now() + random.between(1, 72) * hour;
        else await flush(phone, random.between(1, 12));
      } else if (drawn < 74) await pass();
      else if (drawn < 90) await carry(random.between(1, 20));
      else if (drawn < 94) {
        if (random.chance(faults.storm)) faults.count('sweep-missed');
        else {
          cloud.spawn(() => cloud.sweep());
          await settle();
        }
      } else if (drawn < 96) {
        cloud.spawn(() => cloud.tellEnds());
        await settle();
      } else if (drawn < 97) await stop();
      else if (drawn < 98) lose();
      else {
        faults.storm = faults.storm === 0 ? 0.12 : 0;
        log(faults.storm === 0 ? 'the storm is over' : 'a storm begins');
      }
    },
    sendAll: async () => {
      for (const phone of phones) {
        phone.offlineUntil = 0;
        for (let times = 0; phone.queue.length > 0; times += 1) {
          if (times === 20) throw new Error('a phone never gets rid of what it has to tell');
          await flush(phone, 50);
        }
      }
    },
    lapseAll: () => papers.forEach(lapse),
  };
}

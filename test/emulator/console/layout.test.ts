import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { statesOf } from '../../../emulator/console/graph/edges.ts';
import { layoutOf, type Layout, type PlacedEdge, type PlacedState } from '../../../emulator/console/graph/layout.ts';
import { measuresFor } from '../../../emulator/console/graph/svg.ts';
import { vietnameseNames } from '../../../local/second-names.ts';
import type { Machine } from '../../../emulator/stepfunctions/definition/types.ts';
import { journey, journeyText, machineOf } from './journey.ts';

function laidOut(machine: Machine): Layout {
  return layoutOf(
    machine,
    measuresFor(
      statesOf(machine).map(({ name }) => name),
      vietnameseNames(new Set(machine.states.keys())),
    ),
  );
}

function told({ edge }: PlacedEdge) {
  return `${edge.from} ${edge.kind}${edge.errors.map((error) => ` ${error}`).join('')} -> ${edge.to}`;
}

const Definition = z.object({
  States: z.record(
    z.string(),
    z.object({
      Next: z.string().optional(),
      Default: z.string().optional(),
      Choices: z.array(z.object({ Next: z.string() })).default([]),
      Catch: z.array(z.object({ ErrorEquals: z.array(z.string()), Next: z.string() })).default([]),
    }),
  ),
});

/** The ways as the text of a definition says them, read without our parser. */
function written(text: string): string[] {
  return Object.entries(Definition.parse(JSON.parse(text)).States).flatMap(
    ([name, { Next, Default, Choices, Catch }]) => [
      ...(Next === undefined ? [] : [`${name} next -> ${Next}`]),
      ...Choices.map((rule) => `${name} choice -> ${rule.Next}`),
      ...(Default === undefined ? [] : [`${name} default -> ${Default}`]),
      ...Catch.map((catcher) => `${name} catch ${catcher.ErrorEquals.join(' ')} -> ${catcher.Next}`),
    ],
  );
}

function overlaps(one: PlacedState, other: PlacedState): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function overlapping(states: readonly PlacedState[]): string[] {
  return states.flatMap((one, index) =>
    states
      .slice(index + 1)
      .filter((other) => overlaps(one, other))
      .map((other) => `${one.state.name} ${other.state.name}`),
  );
}

function task(next: Record<string, unknown>) {
  return { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' }, ...next };
}

describe('the graph of the journey', () => {
  const layout = laidOut(journey());

  it('the graph of the journey has a box for every state', () => {
    expect(layout.states.map(({ state }) => state.name)).toEqual(
      Object.keys(Definition.parse(JSON.parse(journeyText)).States),
    );
  });

  it('the graph of the journey has a line for every Next, Choice, Default and Catch, and no other', () => {
    expect(layout.edges.map(told).toSorted()).toEqual(written(journeyText).toSorted());
  });

  it('the graph of the journey has no two boxes that overlap, and all of them inside of the picture', () => {
    expect(overlapping(layout.states)).toEqual([]);
    expect(
      layout.states.filter(
        ({ x, y, width, height }) => x < 0 || y < 0 || x + width > layout.width || y + height > layout.height,
      ),
    ).toEqual([]);
  });

  it('the graph of the journey starts and ends every line at the border of its boxes', () => {
    const box = (name: string) => layout.states.find(({ state }) => state.name === name);
    const onBorder = (name: string, point: { x: number; y: number } | undefined) => {
      const found = box(name);
      if (!found || !point) return false;
      const [dx, dy] = [
        Math.abs(point.x - found.x - found.width / 2) - found.width / 2,
        Math.abs(point.y - found.y - found.height / 2) - found.height / 2,
      ];
      return Math.abs(Math.max(dx, dy)) < 0.5;
    };
    expect(
      layout.edges
        .filter(({ edge, points }) => !onBorder(edge.from, points[0]) || !onBorder(edge.to, points.at(-1)))
        .map(told),
    ).toEqual([]);
  });

  it('the graph of the journey fits the width of a screen of 1280 pixels at half of its full size', () => {
    expect(layout.width).toBeLessThan(2560);
  });

  it('the graph of the journey keeps quiet the ways that all places share, and hangs no state in the air', () => {
    const quiet = layout.edges.filter((edge) => edge.quiet).map(({ edge }) => edge);
    // Whatever is lost anywhere is Missing, and is found where it was; and much is returned, from wherever it is.
    expect(
      new Set(
        quiet.filter(({ from }) => from !== 'Missing').map(({ from, to, kind }) => (kind === 'catch' ? to : from)),
      ),
    ).toEqual(
      new Set([
        'Resume',
        'RecordOverdue',
        'LookAgain',
        'Superseded',
        'Missing',
        'ReturningToAgency',
        'ReturningToCitizen',
      ]),
    );
    const hangsOn = new Set(layout.edges.filter((edge) => !edge.quiet).map(({ edge }) => edge.to));
    expect(
      layout.states.map(({ state }) => state.name).filter((name) => !hangsOn.has(name) && name !== 'Resume'),
    ).toEqual([]);
  });

  it('the graph of the journey calls every state by a Vietnamese name too', () => {
    const names = vietnameseNames(new Set(journey().states.keys()));
    expect(layout.states.filter(({ state }) => !names.has(state.name))).toEqual([]);
    expect(names.get('AtAgency')).toBe('Tại cơ quan');
  });
});

describe('the graph of another state machine', () => {
  it('the graph of another state machine draws a state’s way to itself, and two catches to the same state as two lines', () => {
    const layout = laidOut(
      machineOf('A', {
        A: task({
          Next: 'B',
          Catch: [
            { ErrorEquals: ['One'], Next: 'A' },
            { ErrorEquals: ['Two'], Next: 'B' },
            { ErrorEquals: ['States.ALL'], Next: 'B' },
          ],
        }),
        B: { Type: 'Succeed' },
      }),
    );
    expect(layout.edges.map(told).toSorted()).toEqual([
      'A catch One -> A',
      'A catch States.ALL -> B',
      'A catch Two -> B',
      'A next -> B',
    ]);
    expect(layout.edges.filter(({ edge }) => edge.kind === 'catch').map(({ label }) => label !== undefined)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('the graph of another state machine puts the branches of a Parallel and the processor of a Map into their boxes', () => {
    const layout = laidOut(
      machineOf('Both', {
        Both: {
          Type: 'Parallel',
          Next: 'Each',
          Branches: [
            { StartAt: 'Left', States: { Left: { Type: 'Pass', Next: 'Left2' }, Left2: { Type: 'Succeed' } } },
            { StartAt: 'Right', States: { Right: { Type: 'Succeed' } } },
          ],
        },
        Each: {
          Type: 'Map',
          End: true,
          ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
        },
      }),
    );
    const [both, each] = layout.states;
    expect(both?.inside.map(({ title, layout: { states } }) => [title, states.map(({ state }) => state.name)])).toEqual(
      [
        ['Branch 1', ['Left', 'Left2']],
        ['Branch 2', ['Right']],
      ],
    );
    expect(each?.inside.map(({ title }) => title)).toEqual(['For each item']);
    expect(overlapping(layout.states)).toEqual([]);
    for (const holder of layout.states) {
      const inner = holder.inside.flatMap((flow) =>
        flow.layout.states.map((placed) => ({
          ...placed,
          x: holder.x + flow.x + placed.x,
          y: holder.y + flow.y + placed.y,
        })),
      );
      expect(overlapping(inner)).toEqual([]);
      for (const { x, y, width, height } of inner) {
        expect(
          x >= holder.x &&
            x + width <= holder.x + holder.width &&
            y >= holder.y + holder.headHeight &&
            y + height <= holder.y + holder.height,
        ).toBe(true);
      }
    }
  });

  it('the graph of another state machine has no Vietnamese names, though a state is called like a place', () => {
    expect(vietnameseNames(new Set(['Delivered'])).size).toBe(0);
  });
});

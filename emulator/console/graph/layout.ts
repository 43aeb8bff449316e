import { Graph, layout as arrange } from '@dagrejs/dagre';
import type { Flow, State } from '../../stepfunctions/definition/types.ts';
import { edgesOf, flowsInside, type Edge } from './edges.ts';
import { loop, routes, straight, type Middle } from './route.ts';
import { keepApart } from './shared-ways.ts';
import type { Point, Size } from './geometry.ts';

/** A state's box; `x` and `y` are its upper left corner. Lengths are pixels. */
export interface PlacedState extends Point, Size {
  readonly state: State;
  /** How much of the box its own text has: all, or the head of a Parallel or Map that holds other states. */
  readonly headHeight: number;
  readonly inside: readonly PlacedFlow[];
}

/** What runs inside of a Parallel or Map; `x` and `y` count from the corner of its box. */
export interface PlacedFlow extends Point {
  readonly title: string;
  readonly layout: Layout;
}

export interface PlacedEdge {
  readonly edge: Edge;
  readonly points: readonly Point[];
  /** The middle of the label's place; a Catch has one that is always drawn. */
  readonly label?: Point;
  /**
   * One of so many alike that drawing them all would hide the graph: drawn when it was taken, or when its state is
   * pointed at.
   */
  readonly quiet: boolean;
}

export interface Layout extends Size {
  readonly states: readonly PlacedState[];
  readonly edges: readonly PlacedEdge[];
}

export interface Measures {
  /** The box of a state that holds no others. */
  readonly box: Size;
  /** The label of a Catch. */
  readonly label: (edge: Edge) => Size;
}

const margin = 14;
const titleHeight = 24;

/**
 * Places the states of a definition and the ways between them from top to bottom; nothing overlaps but what lies inside
 * of a Parallel or Map.
 */
export function layoutOf(flow: Flow, measures: Measures): Layout {
  const boxes = new Map([...flow.states.values()].map((state) => [state.name, boxOf(state, measures)]));
  const { drawn, quiet } = keepApart(flow, edgesOf(flow));
  const loops = drawn.filter(isLoop);
  const ways = drawn.filter((edge) => !isLoop(edge));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 18, edgesep: 10, ranksep: 32, marginx: margin, marginy: margin });
  // To dagre, a box with a loop is as wide as both.
  const room = (name: string): number => loopRoom(name, loops, measures);
  for (const [name, { width, height }] of boxes) graph.setNode(name, { width: width + room(name), height });
  for (const [index, edge] of ways.entries())
    graph.setEdge(
      edge.from,
      edge.to,
      { weight: pull(edge), ...labelSize(edge, measures), labelpos: 'c' },
      String(index),
    );
  arrange(graph);

  const middles = new Map(
    [...boxes].map(([name, { width, height }]) => [
      name,
      { x: graph.node(name).x - room(name) / 2, y: graph.node(name).y, width, height },
    ]),
  );
  return {
    width: graph.graph().width,
    height: graph.graph().height,
    states: [...boxes].flatMap(([name, box]) => placed(box, middles.get(name)) ?? []),
    edges: [
      ...routed(ways, graph, middles),
      ...looped(loops, middles, measures),
      ...quiet.flatMap((edge) => direct(edge, middles)),
    ],
  };
}

type Box = Omit<PlacedState, 'x' | 'y'>;

function boxOf(state: State, measures: Measures): Box {
  const headHeight = measures.box.height;
  const layouts = flowsInside(state).map(({ title, flow }) => ({ title, layout: layoutOf(flow, measures) }));
  if (layouts.length === 0) return { state, ...measures.box, headHeight, inside: [] };
  let width = margin;
  const inside = layouts.map(({ title, layout }): PlacedFlow => {
    const x = width;
    width += layout.width + margin;
    return { title, layout, x, y: headHeight + titleHeight };
  });
  const height = headHeight + titleHeight + Math.max(...layouts.map(({ layout }) => layout.height)) + margin;
  return { state, width: Math.max(width, measures.box.width), height, headHeight, inside };
}

function placed(box: Box, middle: Point | undefined): PlacedState | undefined {
  return middle && { ...box, x: middle.x - box.width / 2, y: middle.y - box.height / 2 };
}

/** The way that everything should take is kept short and straight. */
function pull({ kind }: Edge): number {
  if (kind === 'next') return 12;
  return kind === 'catch' ? 1 : 4;
}

function labelSize(edge: Edge, { label }: Measures): Size {
  return edge.kind === 'catch' ? label(edge) : { width: 0, height: 0 };
}

function routed(ways: readonly Edge[], graph: Graph, boxes: ReadonlyMap<string, Middle>): PlacedEdge[] {
  const told = ways.map((edge, index) => ({ edge, ...graph.edge(edge.from, edge.to, String(index)) }));
  const points = routes(
    told.map(({ edge, points: all }) => ({ edge, bends: all.slice(1, -1) })),
    boxes,
  );
  return told.map(({ edge, x, y }, index) => ({
    edge,
    points: points[index] ?? [],
    quiet: false,
    ...(edge.kind === 'catch' && x !== undefined && y !== undefined ? { label: { x, y } } : {}),
  }));
}

function isLoop({ from, to }: Edge): boolean {
  return from === to;
}

const loopReach = 16;

function loopRoom(name: string, loops: readonly Edge[], measures: Measures): number {
  return Math.max(
    0,
    ...loops.filter(({ from }) => from === name).map((edge) => loopReach + 3 + labelSize(edge, measures).width),
  );
}

function looped(loops: readonly Edge[], boxes: ReadonlyMap<string, Middle>, { label }: Measures): PlacedEdge[] {
  return loops.flatMap((edge) => {
    const box = boxes.get(edge.from);
    if (!box) return [];
    const place = loops.filter(({ from }) => from === edge.from).indexOf(edge);
    const middle = {
      x: box.x + box.width / 2 + loopReach + 3 + label(edge).width / 2,
      y: box.y + place * label(edge).height,
    };
    return [
      { edge, points: loop(box, loopReach, place), quiet: false, ...(edge.kind === 'catch' ? { label: middle } : {}) },
    ];
  });
}

function direct(edge: Edge, boxes: ReadonlyMap<string, Middle>): PlacedEdge[] {
  const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
  return from && to ? [{ edge, points: straight(from, to), quiet: true }] : [];
}

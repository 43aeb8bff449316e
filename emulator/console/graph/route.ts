import type { Edge } from './edges.ts';
import type { Point, Size } from './geometry.ts';

/** A box by its middle, as dagre tells it. */
export type Middle = Point & Size;

export interface Bends {
  readonly edge: Edge;
  /** Between the two boxes. */
  readonly bends: readonly Point[];
}

/**
 * Leads every way out of its box at the bottom and into the next at the top (or the other way round when it goes back),
 * with
 * a door of its own, and straight down past the boxes that stand beside it.
 */
export function routes(ways: readonly Bends[], boxes: ReadonlyMap<string, Middle>): Point[][] {
  const doors = doorsOf(ways, boxes);
  const bands = bandsOf(boxes);
  return ways.map(({ bends }, index) => {
    const [out, into] = [doors.get(`out ${index}`), doors.get(`in ${index}`)];
    return out && into
      ? [out, ...bends.flatMap((bend) => pastBoxes(bend, bends.length === 1 ? [] : bands, into.y < out.y)), into]
      : [...bends];
  });
}

/**
 * Doors stand in the order of where their ways come from or go to, so that ways of one box do not cross at its border.
 */
function doorsOf(ways: readonly Bends[], boxes: ReadonlyMap<string, Middle>): ReadonlyMap<string, Point> {
  const walls = new Map<string, { key: string; towards: number; box: Middle; y: number }[]>();
  const add = (key: string, box: Middle | undefined, towards: Point | undefined): void => {
    if (!box || !towards) return;
    const below = towards.y > box.y;
    const wall = `${box.x} ${box.y} ${below}`;
    walls.set(wall, [
      ...(walls.get(wall) ?? []),
      { key, towards: towards.x, box, y: box.y + (below ? 1 : -1) * (box.height / 2) },
    ]);
  };
  for (const [index, { edge, bends }] of ways.entries()) {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    add(`out ${index}`, from, bends[0] ?? to);
    add(`in ${index}`, to, bends.at(-1) ?? from);
  }
  const doors = new Map<string, Point>();
  for (const wall of walls.values()) {
    for (const [place, { key, box, y }] of wall.toSorted((one, other) => one.towards - other.towards).entries()) {
      doors.set(key, { x: box.x + box.width * 0.8 * ((place + 1) / (wall.length + 1) - 0.5), y });
    }
  }
  return doors;
}

interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** The heights at which boxes stand. */
function bandsOf(boxes: ReadonlyMap<string, Middle>): Band[] {
  const bands = new Map<number, number>();
  for (const { y, height } of boxes.values()) bands.set(Math.round(y), Math.max(bands.get(Math.round(y)) ?? 0, height));
  return [...bands].map(([middle, height]) => ({ top: middle - height / 2, bottom: middle + height / 2 }));
}

function pastBoxes(bend: Point, bands: readonly Band[], upwards: boolean): Point[] {
  const band = bands.find(({ top, bottom }) => bend.y > top && bend.y < bottom);
  if (!band) return [bend];
  const [above, below] = [
    { x: bend.x, y: band.top },
    { x: bend.x, y: band.bottom },
  ];
  return upwards ? [below, above] : [above, below];
}

/** The way of a state to itself: around its right side. `room` is how far. */
export function loop(box: Middle, room: number, place: number): Point[] {
  const right = box.x + box.width / 2;
  const [top, bottom] = [box.y - 8 - place * 6, box.y + 8 + place * 6];
  return [
    { x: right, y: bottom },
    { x: right + room, y: bottom },
    { x: right + room, y: top },
    { x: right, y: top },
  ];
}

/** From border to border in a straight line. */
export function straight(from: Middle, to: Middle): Point[] {
  return [onBorder(from, to), onBorder(to, from)];
}

function onBorder(box: Middle, towards: Point): Point {
  const [dx, dy] = [towards.x - box.x, towards.y - box.y];
  const share = Math.min(
    dx === 0 ? Infinity : box.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : box.height / 2 / Math.abs(dy),
  );
  return Number.isFinite(share) ? { x: box.x + dx * share, y: box.y + dy * share } : { x: box.x, y: box.y };
}

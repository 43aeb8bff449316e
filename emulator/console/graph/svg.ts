import { html, type Html } from '../html.ts';
import { looks, type Look } from '../words.ts';
import type { Edge } from './edges.ts';
import type { Point } from './geometry.ts';
import type { Layout, Measures, PlacedEdge, PlacedState } from './layout.ts';

/** What the graph says about one state. */
export interface Shown {
  readonly look: Look;
  /** The look's word, with what belongs beside it: `Waiting · 2× · 3 d 4 h`. */
  readonly word: string;
  /** Its other name, or none. */
  readonly vi: string;
  /** All of it in words, among them those that are seen. */
  readonly label: string;
  /** Where the state is told of in full. */
  readonly href: string;
}

export interface Overlay {
  readonly shown: (state: string) => Shown;
  readonly taken: (edge: Edge) => boolean;
}

const line = 17;
const bandWidth = 24;

/** How much room the states of one definition need. */
export function measuresFor(names: readonly string[], vietnamese: ReadonlyMap<string, string>): Measures {
  const longest = Math.max(
    ...names.map((name) => Math.max(nameWidth(name), textWidth(vietnamese.get(name) ?? ''))),
    textWidth(longestWord),
  );
  return {
    box: {
      width: Math.min(Math.ceil(longest), 230) + bandWidth + 14,
      height: vietnamese.size > 0 ? 3 * line + 13 : 2 * line + 13,
    },
    label: (edge) => ({ width: Math.ceil(labelText(edge).length * 5.7) + 6, height: 15 }),
  };
}

/** Has room in every box. */
const longestWord = 'Waiting · 12× · 23 d 23 h';

/** Widths are judged, not measured: there is no font on the server. */
function nameWidth(text: string): number {
  return text.length * 8.9;
}
function textWidth(text: string): number {
  return text.length * 6.4;
}

const longestLabel = 26;

/** The errors of a Catch, without the service before the dot when that would be too long. */
function labelText({ errors }: Edge): string {
  const all = errors.join(', ');
  if (all.length <= longestLabel) return all;
  return shortened(
    errors.map((error) => error.slice(error.indexOf('.') + 1).replace(/Exception$/u, '')).join(', '),
    longestLabel,
  );
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** The graph of a definition as SVG: every state a link to where it is told of in full, every way a line. */
export function drawGraph(layout: Layout, overlay: Overlay, titleId: string): Html {
  const { width, height } = layout;
  return html`<svg class="graph${width > leastReadable && ' large'}" role="group" aria-labelledby="${titleId}" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}">
${definitions()}
${drawFlow(layout, overlay)}
</svg>`;
}

/** A graph wider than this is scrolled on a narrow screen instead of being made smaller still. */
const leastReadable = 900;

function drawFlow({ states, edges }: Layout, overlay: Overlay): Html {
  const always = edges
    .filter((edge) => !edge.quiet || overlay.taken(edge.edge))
    .toSorted((one, other) => Number(overlay.taken(one.edge)) - Number(overlay.taken(other.edge)));
  const pointedAt = edges.filter((edge) => !always.includes(edge));
  return html`<g class="edges" aria-hidden="true">${always.map((edge) => drawEdge(edge, overlay))}</g>
${states.map((placed) =>
  drawState(
    placed,
    pointedAt.filter(({ edge }) => edge.from === placed.state.name || edge.to === placed.state.name),
    overlay,
  ),
)}
<g class="edge-labels" aria-hidden="true">${always.map(drawLabel)}</g>`;
}

function drawEdge({ edge, points, quiet }: PlacedEdge, overlay: Overlay): Html {
  const taken = overlay.taken(edge);
  const classes = ['edge', edge.kind === 'catch' ? 'catch' : 'happy', taken ? 'taken' : 'idle', quiet ? 'quiet' : '']
    .join(' ')
    .trim();
  const told =
    edge.kind === 'catch' ? `${edge.from} → ${edge.to}, ${edge.errors.join(', ')}` : `${edge.from} → ${edge.to}`;
  return html`<path class="${classes}" data-from="${edge.from}" data-to="${edge.to}" data-kind="${edge.kind}" d="${curve(points)}" marker-end="url(#${taken ? 'arrow-taken' : 'arrow'})"><title>${told}</title></path>`;
}

function drawLabel({ edge, label }: PlacedEdge): Html | undefined {
  if (label === undefined) return undefined;
  return html`<text class="edge-label" x="${round(label.x)}" y="${round(label.y + 4)}" text-anchor="middle">${labelText(edge)}<title>${edge.errors.join(', ')}</title></text>`;
}

function drawState(
  { state, x, y, width, height, headHeight, inside }: PlacedState,
  quiet: readonly PlacedEdge[],
  overlay: Overlay,
): Html {
  const { look, word, vi, label, href } = overlay.shown(state.name);
  const shared = quiet.filter(({ edge }) => edge.from === state.name).length;
  const rounding = state.type === 'Succeed' || state.type === 'Fail' ? Math.min(headHeight / 2, 22) : 7;
  const [left, first] = [x + bandWidth + 9, y + line + 3];
  const lines = vi === '' ? 1 : 2;
  return html`<g class="state look-${look}" data-state="${state.name}" data-look="${look}">
<g class="pointed-at" aria-hidden="true">${quiet.map((edge) => drawEdge(edge, overlay))}</g>
<a href="${href}" aria-label="${label}"><title>${label}</title>
<rect class="box" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${rounding}"/>
<rect class="band" x="${round(x + 3)}" y="${round(y + 3)}" width="${bandWidth}" height="${headHeight - 6}" rx="${Math.max(rounding - 3, 4)}" fill="url(#pattern-${look})"/>
<text class="sign" aria-hidden="true" x="${round(x + 3 + bandWidth / 2)}" y="${round(y + headHeight / 2 + 5)}" text-anchor="middle">${looks[look].sign}</text>
<text class="name" x="${round(left)}" y="${round(first)}">${shortened(state.name, 31)}</text>
${vi !== '' && html`<text class="other-name" lang="vi" x="${round(left)}" y="${round(first + line)}">${shortened(vi, 36)}</text>`}
<text class="word" x="${round(left)}" y="${round(first + lines * line)}">${word}</text>
</a>
${shared > 0 && html`<text class="more" aria-hidden="true" x="${round(x + width - 8)}" y="${round(first + lines * line)}" text-anchor="end">+${shared}</text>`}
${inside.map(({ title, layout, x: dx, y: dy }) => html`<g transform="translate(${round(x + dx)} ${round(y + dy)})"><rect class="flow" x="0" y="-18" width="${round(layout.width)}" height="${round(layout.height + 18)}" rx="5"/><text class="flow-title" x="10" y="-3">${title}</text>${drawFlow(layout, overlay)}</g>`)}
</g>`;
}

/** Straight down at every bend, swinging to the side in between. */
function curve(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (!start) return '';
  let at = start;
  const parts = rest.map((point) => {
    const middle = (at.y + point.y) / 2;
    const isPlain = rest.length === 1 || Math.abs(point.x - at.x) < 1 || Math.abs(point.y - at.y) < 1;
    const part = isPlain
      ? `L${round(point.x)} ${round(point.y)}`
      : `C${round(at.x)} ${round(middle)} ${round(point.x)} ${round(middle)} ${round(point.x)} ${round(point.y)}`;
    at = point;
    return part;
  });
  return `M${round(start.x)} ${round(start.y)}${parts.join('')}`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

/** One pattern a look, so that the graph can be read without its colours. */
function definitions(): Html {
  return html`<defs>
<marker id="arrow" class="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8Z"/></marker>
<marker id="arrow-taken" class="arrow-taken" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8Z"/></marker>
${pattern('succeeded', '')}
${pattern('running', 'M-2 2L2 -2M0 8L8 0M6 10L10 6')}
${pattern('waiting', 'M2 2h2v2h-2zM6 6h2v2h-2z')}
${pattern('caught', 'M0 8L4 2L8 8')}
${pattern('failed', 'M0 0L8 8M8 0L0 8')}
${pattern('stopped', 'M0 2H8M0 6H8')}
${pattern('unreached', 'M4 0V2M4 6V8')}
</defs>`;
}

function pattern(look: Look, strokes: string): Html {
  return html`<pattern id="pattern-${look}" class="pattern look-${look}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8"/><path d="${strokes}"/></pattern>`;
}

/**
 * What is used of dagre. Its own types import each other without file names' extensions, which Node's resolution does
 * not
 * follow: everything would be unknown.
 */
declare module '@dagrejs/dagre' {
  interface Spot {
    readonly x: number;
    readonly y: number;
  }
  interface Extent {
    readonly width: number;
    readonly height: number;
  }

  export class Graph {
    constructor(options: { multigraph: boolean });
    setGraph(label: {
      rankdir: 'TB';
      nodesep: number;
      edgesep: number;
      ranksep: number;
      marginx: number;
      marginy: number;
      ranker?: string;
    }): this;
    setNode(name: string, label: Extent): this;
    setEdge(from: string, to: string, label: Extent & { weight: number; labelpos: 'c' }, name: string): this;
    /** After `layout`: the size of the whole. */
    graph(): Extent;
    /** After `layout`: the middle of the node. */
    node(name: string): Spot & Extent;
    /** After `layout`: the bends, and the middle of the label if it has a size. */
    edge(
      from: string,
      to: string,
      name: string,
    ): { readonly points: readonly Spot[]; readonly x?: number; readonly y?: number };
  }

  /** Writes the places onto the graph's labels. */
  export function layout(graph: Graph): unknown;
}

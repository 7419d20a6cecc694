/**
 * What a layout is: a descriptor that creates a resumable computation of node positions. Life-cycle: create → step as
 * often as wanted → read `positions` at any time. A layout holds no timers and no workers; dropping it ends it.
 */

export interface LayoutInput {
  readonly numNodes: number;
  /** [E] global node indices; directions are ignored. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** [2 N] x0, y0, x1, y1, … to start from, or null for the layout's own seeded start. Copied, not kept. */
  readonly initial: Float32Array | null;
  readonly seed: number;
}

export interface Layout {
  /**
   * [2 N] x0, y0, x1, y1, …, centred on 0 and of about `NODE_SPACING`² area per node. Valid before the first step. The
   * same array changes in place at every step: copy it before handing it away.
   */
  readonly positions: Float32Array;
  /** Steps done so far. */
  readonly iteration: number;
  /** True when further steps would not be seen; stepping on is allowed. */
  readonly isConverged: boolean;
  /** Moves every node once. Returns the mean distance moved, in units of the layout's radius. */
  step(): number;
}

export interface LayoutDescriptor {
  /** kebab-case and stable. */
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** @throws {InvalidGraphError} an edge end outside the nodes @throws {ShapeError} `initial` has another length */
  create(input: LayoutInput): Layout;
}

/** Distance between neighbouring places in a full layout, in the units of a view at zoom 1: about two node diameters. */
export const NODE_SPACING = 36;

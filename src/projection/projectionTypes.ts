/**
 * What a projection method is: a descriptor that prepares a resumable computation of two-dimensional coordinates. Life-cycle:
 * prepare (the slow search for neighbours) → step as often as wanted → read `coordinates` at any time. Holds no timers.
 */
import type { Pace } from '../core/edgeBuilders/buildPace.ts';
import type { NeighbourLists } from '../core/edgeBuilders/neighbourLists.ts';
import type { ParameterSpec } from '../core/parameters.ts';

export interface ProjectionRows {
  /** [n · width] row-major, finite; read only. */
  readonly values: Float32Array;
  readonly n: number;
  readonly width: number;
}

export interface Projection {
  /** [2 n] x0, y0, x1, y1, …; valid before the first step. Changes in place at every step: copy it to hand it away. */
  readonly coordinates: Float32Array;
  readonly iteration: number;
  readonly numIterations: number;
  /** Of each row in the space it came from, nearest first: what the method looked at. */
  readonly neighbours: NeighbourLists;
  /** The settings that were used, as a caption says them: '15 neighbours, min distance 0.1'. */
  readonly settings: string;
  /** One iteration over all rows; none beyond `numIterations`. */
  step(): void;
}

export interface ProjectionDescriptor {
  /** kebab-case and stable. */
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly parameters: readonly ParameterSpec[];
  /**
   * Finds neighbours and starts from the principal components. Absent values take their defaults, as far as so few rows
   * allow. Deterministic in rows, values and seed.
   * @throws {TaskError} too few rows for a value that was set, or rows that are all the same
   * @throws {InvalidGraphError} a value that is not finite
   * @throws {ParameterError} a value outside its limits
   * @throws {LimitError} more rows than a tab can work on
   * @throws {CancelledError} by the pace
   */
  prepare(rows: ProjectionRows, values: Readonly<Record<string, unknown>>, pace: Pace): Promise<Projection>;
}

export const SEED_SPEC = {
  kind: 'integer',
  id: 'projectionSeed',
  name: 'Projection seed',
  help: 'The same seed, settings and rows give the same picture.',
  min: 0,
  max: 2_147_483_647,
  step: 1,
  default: 0,
} as const satisfies ParameterSpec;

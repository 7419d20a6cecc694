/** Checks the rows of a projection and finds the nearest of each, exactly or, among many, approximately. */
import type { Pace } from '../core/edgeBuilders/buildPace.ts';
import { exactDenseNeighbours } from '../core/edgeBuilders/exactNeighbours.ts';
import { euclideanMeasure } from '../core/edgeBuilders/metrics.ts';
import { descendToNeighbours } from '../core/edgeBuilders/neighbourDescent.ts';
import type { NeighbourLists } from '../core/edgeBuilders/neighbourLists.ts';
import { InvalidGraphError, LimitError, ShapeError, TaskError } from '../core/errors.ts';
import type { ProjectionRows } from './projectionTypes.ts';

/** Above, all pairs take longer than the approximate search. */
const MAX_EXACT_ROWS = 8000;
/** One iteration over more rows would make the page wait for seconds. */
const MAX_ROWS = 200_000;
const LEAST_ROWS = 4;

/**
 * Refuses rows that have no picture. O(n · width).
 * @throws {ShapeError} the values are not n · width
 * @throws {TaskError} fewer than 4 rows, or all the same
 * @throws {LimitError} more than 200,000 rows
 * @throws {InvalidGraphError} a value that is not finite
 */
export function checkRows({ values, n, width }: ProjectionRows): void {
  if (values.length !== n * width) {
    throw new ShapeError(`${n} rows of ${width} values are ${n * width} values, received ${values.length}.`, {
      code: 'projection-shape',
      remedy: 'Pass the rows with their own count and width.',
      details: { n, width, received: values.length },
    });
  }
  if (n < LEAST_ROWS) {
    throw new TaskError(
      `There ${n === 1 ? 'is 1 row' : `are ${n} rows`} to project; at least ${LEAST_ROWS} are needed.`,
      {
        code: 'projection-few-rows',
        remedy: 'Project columns that more nodes have a value in.',
        details: { n },
      },
    );
  }
  if (n > MAX_ROWS) {
    throw new LimitError(`${n.toLocaleString('en')} rows are too many to project in a tab.`, {
      code: 'projection-rows-limit',
      remedy: `Use PCA, or a graph of at most ${MAX_ROWS.toLocaleString('en')} nodes.`,
      details: { n, limit: MAX_ROWS },
    });
  }
  checkValues(values, n, width);
}

function checkValues(values: Float32Array, n: number, width: number): void {
  let differs = false;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (!Number.isFinite(value)) {
      const row = Math.floor(at / width) + 1;
      throw new InvalidGraphError(
        `Row ${row} of the rows to project holds ${value} in place ${(at % width) + 1}.`,
        {
          code: 'projection-value',
          remedy: 'Train again with a lower learning rate, or choose columns without such cells.',
          details: { row, value: String(value) },
        },
      );
    }
    differs ||= value !== values[at % width];
  }
  if (differs) return;
  throw new TaskError(`All ${n} rows are the same: there is nothing to tell apart.`, {
    code: 'projection-equal-rows',
    remedy: 'Choose columns whose values differ, or train the model longer.',
  });
}

/**
 * Returns the count a method works with: the one a person set, else the usual one as far as `most` allows.
 * @throws {TaskError} the one set is above `most`
 */
export function fittedCount(name: string, given: unknown, resolved: number, most: number, n: number): number {
  if (given === undefined) return Math.min(resolved, most);
  if (resolved <= most) return resolved;
  throw new TaskError(`${name} is ${resolved}: too much for ${n.toLocaleString('en')} rows.`, {
    code: 'projection-neighbours',
    remedy: `Set ${name} to at most ${most}.`,
    details: { value: resolved, most, n },
  });
}

/**
 * Returns the k nearest other rows by Euclidean distance: exactly up to 8,000 rows, above by NN-descent, which finds well
 * over nine tenths of them. Deterministic in the seed. O(n² · width), or about O(n^1.14 · width).
 */
export function nearestRows(
  { values, n, width }: ProjectionRows,
  k: number,
  seed: number,
  pace: Pace,
): Promise<NeighbourLists> {
  const nodes = Int32Array.from({ length: n }, (_, row) => row);
  const measure = euclideanMeasure({ kind: 'dense', nodes, width, values });
  return n <= MAX_EXACT_ROWS
    ? exactDenseNeighbours(measure, k, pace)
    : descendToNeighbours(measure, k, seed, pace);
}

/** Rows for the tests of this folder, and the loop that a worker makes around a projection. */
import { randomSequence } from '../core/random.ts';
import type { Projection, ProjectionDescriptor, ProjectionRows } from './projectionTypes.ts';

/** Clusters of normal rows with deviation 1 whose centres are far apart; row r belongs to cluster r mod `clusters`. */
export function clusteredRows(n: number, width: number, clusters: number, seed: number): ProjectionRows {
  const random = randomSequence(seed, 98);
  const centres = Float64Array.from({ length: clusters * width }, () => 8 * random.normal());
  const values = Float32Array.from(
    { length: n * width },
    (_, at) =>
      (centres[(Math.floor(at / width) % clusters) * width + (at % width)] as number) + random.normal(),
  );
  return { values, n, width };
}

export const noPace = (): Promise<void> => Promise.resolve();

export async function projected(
  method: ProjectionDescriptor,
  rows: ProjectionRows,
  values: Readonly<Record<string, unknown>> = {},
): Promise<Projection> {
  const projection = await method.prepare(rows, values, noPace);
  while (projection.iteration < projection.numIterations) projection.step();
  return projection;
}

/** Share of points whose nearest other point is of the same cluster. */
export function nearestAgreement(coordinates: Float32Array, clusters: number): number {
  const n = coordinates.length / 2;
  let agreeing = 0;
  for (let row = 0; row < n; row++) {
    let best = -1;
    let least = Infinity;
    for (let other = 0; other < n; other++) {
      const dx = (coordinates[2 * row] as number) - (coordinates[2 * other] as number);
      const dy = (coordinates[2 * row + 1] as number) - (coordinates[2 * other + 1] as number);
      const squared = dx * dx + dy * dy;
      if (other === row || squared >= least) continue;
      least = squared;
      best = other;
    }
    if (best % clusters === row % clusters) agreeing++;
  }
  return agreeing / n;
}

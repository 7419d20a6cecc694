/** Where the points of a projection start: their principal components, which keep the large shape of the data. */
import { drawKey, drawNormal, STREAM } from '../core/random.ts';
import { principalComponents } from './principalComponents.ts';
import type { ProjectionRows } from './projectionTypes.ts';

/** Keeps these draws apart from those of the iterations. */
const DRAW_STEP = 0x50000000;
/** Equal rows must not start on one place, where no force tells them apart. */
const NOISE_RATIO = 1e-3;

/**
 * Returns the two principal components, scaled so that the first has the given standard deviation, with a little seeded
 * noise. [2 n]. Deterministic in rows and seed.
 */
export function initialCoordinates(
  { values, n, width }: ProjectionRows,
  deviation: number,
  seed: number,
): Float32Array {
  const { coordinates, variance } = principalComponents(values, n, width, null);
  const scale = variance[0] > 0 ? deviation / Math.sqrt(variance[0]) : 0;
  const key = drawKey(seed, STREAM.projection, DRAW_STEP);
  return coordinates.map((value, at) => value * scale + NOISE_RATIO * deviation * drawNormal(key, at));
}

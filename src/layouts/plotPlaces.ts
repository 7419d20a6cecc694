/** Nodes where two numbers put them: the scaling that the plot layouts share. */
import { type LayoutInput, NODE_SPACING } from './layoutTypes.ts';
import { placeRows } from './staticLayout.ts';

export interface PlotScale {
  /**
   * `same`: one unit is as long on both axes; `each`: either axis fills its side; `auto`: `same` unless one axis would be
   * a thin line; `map`: x and y are degrees of longitude and latitude.
   */
  readonly scale: 'auto' | 'same' | 'each' | 'map';
  /** Higher y is further up on the screen. */
  readonly isUp: boolean;
}

/** Ranges that differ more than this are not one unit of length. */
const MAX_RATIO = 8;
/** The plot has this many times the room of a full layout: data leaves empty places. */
const ROOM = 2;

/**
 * Returns [2 N] places of the points, scaled to the room of N nodes. A map is drawn in an equirectangular projection,
 * x = longitude · cos(mean latitude). Nodes without a finite pair stand in rows below the plot. O(N).
 */
export function plotPlaces(
  { numNodes }: LayoutInput,
  x: Float64Array,
  y: Float64Array,
  { scale, isUp }: PlotScale,
): Float64Array {
  const horizontal = spanOf(x, y);
  const vertical = spanOf(y, x);
  const side = ROOM * NODE_SPACING * Math.sqrt(Math.max(1, numNodes));
  const shrink = scale === 'map' ? Math.max(0.05, Math.cos((vertical.mean * Math.PI) / 180)) : 1;
  const ratio = horizontal.size / vertical.size;
  const isEach = scale === 'each' || (scale === 'auto' && (ratio > MAX_RATIO || ratio < 1 / MAX_RATIO));
  const longest = Math.max(shrink * horizontal.size, vertical.size);
  const unitX = unitOf(side, isEach ? horizontal.size : longest) * (isEach ? 1 : shrink);
  const unitY = unitOf(side, isEach ? vertical.size : longest) * (isUp ? -1 : 1);
  const places = new Float64Array(2 * numNodes);
  const missing: number[] = [];
  let bottom = -Infinity;
  for (let node = 0; node < numNodes; node++) {
    const [px, py] = [x[node] as number, y[node] as number];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      missing.push(node);
      continue;
    }
    places[2 * node] = (px - horizontal.middle) * unitX;
    places[2 * node + 1] = (py - vertical.middle) * unitY;
    bottom = Math.max(bottom, places[2 * node + 1] as number);
  }
  const perRow = Math.max(1, Math.ceil(Math.max(Math.sqrt(missing.length), side / NODE_SPACING)));
  const width = (Math.min(perRow, missing.length) - 1) * NODE_SPACING;
  const top = bottom === -Infinity ? 0 : bottom + 2 * NODE_SPACING;
  placeRows(missing, perRow, { x: -width / 2, y: top }, places);
  return places;
}

const unitOf = (side: number, size: number): number => (size > 0 ? side / size : 1);

interface Span {
  readonly size: number;
  readonly middle: number;
  readonly mean: number;
}

/** Extent of the values of nodes that have both. */
function spanOf(values: Float64Array, others: Float64Array): Span {
  let [low, high, sum, count] = [Infinity, -Infinity, 0, 0];
  values.forEach((value, node) => {
    if (!Number.isFinite(value) || !Number.isFinite(others[node] as number)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
    count++;
  });
  if (count === 0) return { size: 0, middle: 0, mean: 0 };
  // Halves first: the difference of two huge values may not be a number.
  return { size: high - low, middle: low / 2 + high / 2, mean: sum / count };
}

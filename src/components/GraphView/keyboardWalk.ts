/** Which neighbour an arrow key leads to. Pure. */
import type { ShownGraph } from './shownGraph.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const HEADING: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** Widest turn from the arrow's heading, as a cosine: 85°, so that nearly every neighbour lies under one of four keys. */
const MIN_COSINE = Math.cos((85 / 180) * Math.PI);

/**
 * Returns the neighbour of `slot` that lies most in the given direction (screen y grows downwards), nearer ones first;
 * -1 when no neighbour lies that way. O(E) shown.
 */
export function neighbourTowards(
  shown: ShownGraph,
  points: Float32Array,
  slot: number,
  direction: Direction,
): number {
  const [headX, headY] = HEADING[direction];
  const fromX = points[2 * slot] as number;
  const fromY = points[2 * slot + 1] as number;
  let best = -1;
  let bestCost = Infinity;
  const consider = (other: number): void => {
    const dx = (points[2 * other] as number) - fromX;
    const dy = (points[2 * other + 1] as number) - fromY;
    const distance = Math.hypot(dx, dy);
    const cosine = distance === 0 ? 0 : (dx * headX + dy * headY) / distance;
    if (other === slot || cosine < MIN_COSINE) return;
    const cost = distance / cosine;
    if (cost < bestCost) [best, bestCost] = [other, cost];
  };
  for (let edge = 0; edge < shown.source.length; edge++) {
    if (shown.source[edge] === slot) consider(shown.target[edge] as number);
    else if (shown.target[edge] === slot) consider(shown.source[edge] as number);
  }
  return best;
}

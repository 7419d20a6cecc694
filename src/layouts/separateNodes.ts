/** Keeps nodes of a component from lying on top of each other: a soft push between near pairs, found through a grid. */
import { groupBy } from '../core/sparseMatrix.ts';
import type { ComponentFrames } from './componentFrames.ts';

export interface NodeSeparation {
  /** Moves every pair closer than the distance half the way to it. */
  step(): void;
}

/** A pair is moved by this share of its overlap per step, half each: the full push would make crowded places tremble. */
const SHARE = 0.5;
/** Pairs looked at per node and cell: a heap of thousands must not cost a square; it thins out step by step. */
const MAX_PAIRS = 24;

/**
 * Returns the separation over the frames' local coordinates. Grid cells are as wide as the distance and hashed into
 * about N buckets, so that a step is O(N) whatever the extent. Deterministic: pairs are visited in slot order.
 */
export function createNodeSeparation(frames: ComponentFrames, minDistance: number): NodeSeparation {
  const { x, y, ptr } = frames;
  const numSlots = x.length;
  const numBuckets = 2 ** Math.ceil(Math.log2(Math.max(2, numSlots)));
  const componentOf = new Int32Array(numSlots);
  for (let index = 0; index < frames.numComponents; index++)
    componentOf.fill(index, ptr[index], ptr[index + 1]);
  const bucketOf = new Int32Array(numSlots);
  const bucket = (cellX: number, cellY: number, component: number): number =>
    (Math.imul(cellX, 0x9e3779b1) ^ Math.imul(cellY, 0x85ebca77) ^ Math.imul(component, 0xc2b2ae3d)) &
    (numBuckets - 1);
  const cell = (coordinate: number): number => Math.floor(coordinate / minDistance);

  function pushApart(slot: number, other: number): void {
    const dx = (x[slot] as number) - (x[other] as number);
    const dy = (y[slot] as number) - (y[other] as number);
    const distance = Math.hypot(dx, dy);
    if (distance === 0 || distance >= minDistance) return;
    const half = (SHARE * (minDistance - distance)) / (2 * distance);
    x[slot] = (x[slot] as number) + dx * half;
    y[slot] = (y[slot] as number) + dy * half;
    x[other] = (x[other] as number) - dx * half;
    y[other] = (y[other] as number) - dy * half;
  }

  return {
    step() {
      for (let slot = 0; slot < numSlots; slot++) {
        bucketOf[slot] = bucket(
          cell(x[slot] as number),
          cell(y[slot] as number),
          componentOf[slot] as number,
        );
      }
      const { ptr: bucketPtr, perm } = groupBy(bucketOf, numBuckets);
      for (let slot = 0; slot < numSlots; slot++) {
        const component = componentOf[slot] as number;
        const cellX = cell(x[slot] as number);
        const cellY = cell(y[slot] as number);
        for (let neighbour = 0; neighbour < 9; neighbour++) {
          const key = bucket(cellX + (neighbour % 3) - 1, cellY + Math.floor(neighbour / 3) - 1, component);
          const start = bucketPtr[key] as number;
          const end = Math.min(bucketPtr[key + 1] as number, start + MAX_PAIRS);
          for (let at = start; at < end; at++) {
            const other = perm[at] as number;
            if (other > slot && componentOf[other] === component) pushApart(slot, other);
          }
        }
      }
    },
  };
}

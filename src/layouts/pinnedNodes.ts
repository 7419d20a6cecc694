/** Nodes that a person pinned: put back to their places after every step of an iterative layout. */
import { hasBit } from '../core/bitset.ts';
import type { ComponentFrames } from './componentFrames.ts';
import type { LayoutInput } from './layoutTypes.ts';

export interface PinnedNodes {
  /** Puts the pinned nodes back; the others stay where they are. O(pinned). */
  hold(): void;
}

/** Returns the pins of the start positions; null when nothing is pinned, or nothing has a place yet. */
export function holdPinned(frames: ComponentFrames, { initial, pinned }: LayoutInput): PinnedNodes | null {
  if (initial === null || pinned === null || pinned === undefined) return null;
  const slots: number[] = [];
  const components: number[] = [];
  for (let index = 0; index < frames.numComponents; index++) {
    for (let slot = frames.ptr[index] as number; slot < (frames.ptr[index + 1] as number); slot++) {
      if (!hasBit(pinned, frames.nodeOf[slot] as number)) continue;
      slots.push(slot);
      components.push(index);
    }
  }
  if (slots.length === 0) return null;
  const hold = (): void => {
    slots.forEach((slot, at) => {
      const node = frames.nodeOf[slot] as number;
      const index = components[at] as number;
      frames.x[slot] = (initial[2 * node] as number) - (frames.centreX[index] as number);
      frames.y[slot] = (initial[2 * node + 1] as number) - (frames.centreY[index] as number);
    });
  };
  hold();
  return { hold };
}

/**
 * Node colours on their way: a change of marks fades over 160 ms, and nodes whose prediction just changed get a ring.
 * With reduced motion both happen at once, without animation. Works on shown slots; knows nothing of canvases.
 */
import type { NodeMarks } from '../palette/nodeMarks.ts';
import { mixRgba, REST } from '../palette/palette.ts';

export const FADE_MS = 160;
export const RING_MS = 200;
/** A frame of more points than this takes longer than the fade is worth. */
const MAX_FADING = 50_000;
/** More rings than this say nothing: in the first epochs nearly every node changes. */
const MAX_RING_RATIO = 0.08;

export interface Ring {
  readonly slot: number;
  /** 0 new … 1 gone. */
  readonly age: number;
}

export interface ColourFade {
  readonly rgba: Uint32Array;
  readonly shape: Uint8Array;
  reset(numSlots: number): void;
  /** @param nodes  [slots] global index of each slot */
  to(marks: NodeMarks, nodes: Int32Array, canRing: boolean, now: number): void;
  /** Moves colours to their state at `now`; true while the fade goes on. */
  advance(now: number): boolean;
  rings(now: number): readonly Ring[];
  hasRings(now: number): boolean;
  setReducedMotion(isReduced: boolean): void;
}

export function createColourFade(): ColourFade {
  let shown = new Uint32Array(0);
  let from = new Uint32Array(0);
  let target = new Uint32Array(0);
  let shape = new Uint8Array(0);
  let startedAt = -Infinity;
  let isFresh = true;
  let isReduced = false;
  let ringSlots: number[] = [];
  let ringsAt = -Infinity;

  function ringChanged(now: number): void {
    const changed: number[] = [];
    for (let slot = 0; slot < target.length; slot++) {
      const before = from[slot];
      if (before !== target[slot] && before !== REST && target[slot] !== REST) changed.push(slot);
    }
    if (changed.length === 0 || changed.length > Math.max(20, target.length * MAX_RING_RATIO)) return;
    ringSlots = changed;
    ringsAt = now;
  }

  return {
    get rgba() {
      return shown;
    },
    get shape() {
      return shape;
    },
    reset(numSlots) {
      shown = new Uint32Array(numSlots).fill(REST);
      target = shown.slice();
      from = shown.slice();
      shape = new Uint8Array(numSlots);
      startedAt = -Infinity;
      ringSlots = [];
      isFresh = true;
    },
    to(marks, nodes, canRing, now) {
      const before = target;
      target = Uint32Array.from(nodes, (node) => marks.rgba[node] as number);
      shape = Uint8Array.from(nodes, (node) => marks.shape[node] as number);
      const isStill = isFresh || isReduced || nodes.length > MAX_FADING;
      isFresh = false;
      if (canRing && !isStill) {
        // Rings compare predictions, not half-faded colours.
        from = before;
        ringChanged(now);
      }
      from = isStill ? target : shown.slice();
      startedAt = isStill ? -Infinity : now;
      if (isStill) shown = target.slice();
    },
    advance(now) {
      if (startedAt === -Infinity) return false;
      const t = Math.min(1, Math.max(0, (now - startedAt) / FADE_MS));
      for (let slot = 0; slot < target.length; slot++) {
        const a = from[slot] as number;
        const b = target[slot] as number;
        shown[slot] = a === b ? b : mixRgba(a, b, t);
      }
      if (t === 1) startedAt = -Infinity;
      return t < 1;
    },
    rings(now) {
      const age = Math.max(0, (now - ringsAt) / RING_MS);
      return age >= 1 ? [] : ringSlots.map((slot) => ({ slot, age }));
    },
    hasRings: (now) => ringSlots.length > 0 && now - ringsAt < RING_MS,
    setReducedMotion(next) {
      isReduced = next;
    },
  };
}

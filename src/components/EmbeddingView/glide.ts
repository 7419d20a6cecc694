/** Points on their way from one projection to the next: straight lines, eased, over 180 ms; at once with reduced motion. */

export const GLIDE_MS = 180;
/** A frame of more points than this takes longer than gliding is worth. */
const MAX_GLIDING = 50_000;

export interface Glide {
  /** [2 n] where the points are now. */
  readonly points: Float32Array;
  /** [2 n] where they are going. */
  readonly target: Float32Array;
  /** A different number of points, or `isJump`, moves nothing: they appear at the target. */
  to(target: Float32Array, now: number, isJump: boolean): void;
  /** Moves the points to their place at `now`; returns the progress in [0, 1], 1 = arrived. */
  advance(now: number): number;
}

export function createGlide(): Glide {
  let points = new Float32Array(0);
  let from: Float32Array = new Float32Array(0);
  let target = new Float32Array(0);
  let startedAt = -Infinity;
  return {
    get points() {
      return points;
    },
    get target() {
      return target;
    },
    to(next, now, isJump) {
      const isStill = isJump || points.length !== next.length || next.length > 2 * MAX_GLIDING;
      from = isStill ? next : points.slice();
      target = Float32Array.from(next);
      if (isStill) points = target.slice();
      startedAt = isStill ? -Infinity : now;
    },
    advance(now) {
      if (startedAt === -Infinity) return 1;
      const t = Math.min(1, Math.max(0, (now - startedAt) / GLIDE_MS));
      const eased = 1 - (1 - t) ** 2;
      for (let at = 0; at < points.length; at++) {
        const start = from[at] as number;
        points[at] = start + ((target[at] as number) - start) * eased;
      }
      if (t === 1) startedAt = -Infinity;
      return t;
    },
  };
}

import { describe, expect, it } from 'vitest';
import {
  CLASS_SHAPES,
  distanceFromRim,
  FARTHEST,
  formOf,
  hollowOf,
  isHollow,
  SHAPE,
  shapeCorners,
} from './shapes.ts';

/** Area by the shoelace formula. */
function areaOf(corners: readonly (readonly [number, number])[]): number {
  return Math.abs(
    corners.reduce((sum, [x, y], at) => {
      const [nextX, nextY] = corners[(at + 1) % corners.length] as readonly [number, number];
      return sum + (x * nextY - nextX * y) / 2;
    }, 0),
  );
}

describe('shapes', () => {
  it('all have the area of the circle, and none reaches beyond FARTHEST', () => {
    for (const shape of CLASS_SHAPES) {
      const corners = shapeCorners(shape);
      if (corners === null) continue;
      expect([shape, areaOf(corners)]).toEqual([shape, expect.closeTo(Math.PI, 9)]);
      for (const [x, y] of corners) expect(Math.hypot(x, y)).toBeLessThanOrEqual(FARTHEST);
    }
  });

  it('keep their form when hollow', () => {
    for (const shape of CLASS_SHAPES) {
      const hollow = hollowOf(shape);
      expect([isHollow(shape), isHollow(hollow), formOf(hollow), hollowOf(hollow)]).toEqual([
        false,
        true,
        shape,
        hollow,
      ]);
    }
    expect(hollowOf(SHAPE.circle)).toBe(SHAPE.hollow);
    expect(new Set(CLASS_SHAPES.flatMap((shape) => [shape, hollowOf(shape)])).size).toBe(
      2 * CLASS_SHAPES.length,
    );
  });

  it('measure the distance from the rim as walking along it does', () => {
    for (const shape of CLASS_SHAPES) {
      const corners = shapeCorners(shape);
      if (corners === null) continue;
      const rim = corners.flatMap(([x, y], at) => {
        const [toX, toY] = corners[(at + 1) % corners.length] as readonly [number, number];
        return Array.from({ length: 400 }, (_, step) => [
          4 * (x + ((toX - x) * step) / 400),
          4 * (y + ((toY - y) * step) / 400),
        ]);
      });
      for (const [x, y] of [
        [0.3, 0.2],
        [3.1, -2.2],
        [-6, 1],
        [0.1, 5.5],
      ] as const) {
        const walked = Math.min(...rim.map(([rx = 0, ry = 0]) => Math.hypot(x - rx, y - ry)));
        expect(Math.abs(distanceFromRim(shape, x, y, 4))).toBeCloseTo(walked, 1);
      }
      expect(distanceFromRim(shape, 0, 0, 4)).toBeLessThan(0);
      expect(distanceFromRim(shape, 9, 9, 4)).toBeGreaterThan(0);
    }
  });

  it('leaves a notch between the arms of the star', () => {
    // Between the upper arms, inside the circle of the tips but outside of the star.
    const angle = -Math.PI / 2 + Math.PI / 5;
    expect(distanceFromRim(SHAPE.star, 4 * Math.cos(angle), 4 * Math.sin(angle), 4)).toBeGreaterThan(0);
  });
});

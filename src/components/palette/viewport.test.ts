import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitViewport, nearestPoint, pointsInPolygon, zoomAt } from './viewport.ts';

const size = { width: 400, height: 200 };

describe('fitViewport', () => {
  it('centres the box and fills the tighter side', () => {
    expect(fitViewport(Float32Array.of(0, 0, 10, 10), size, 20)).toEqual({ x: 120, y: 20, zoom: 16 });
  });

  it('survives no points, one point and points that are not finite', () => {
    expect(fitViewport(new Float32Array(0), size, 20)).toEqual({ x: 200, y: 100, zoom: 1 });
    expect(fitViewport(Float32Array.of(7, 3, NaN, 1), size, 20)).toEqual({ x: 193, y: 97, zoom: 1 });
  });

  it('puts every point inside the padding', () => {
    const coordinate = fc.float({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 20 }), (pairs) => {
        const points = Float32Array.from(pairs.flat());
        const view = fitViewport(points, size, 20);
        for (let at = 0; at < points.length; at += 2) {
          const x = (points[at] as number) * view.zoom + view.x;
          const y = (points[at + 1] as number) * view.zoom + view.y;
          expect(x).toBeGreaterThanOrEqual(19);
          expect(x).toBeLessThanOrEqual(381);
          expect(y).toBeGreaterThanOrEqual(19);
          expect(y).toBeLessThanOrEqual(181);
        }
      }),
    );
  });
});

describe('zoomAt', () => {
  it('keeps the point under the pointer', () => {
    const view = zoomAt({ x: 10, y: 20, zoom: 2 }, 3, 50, 60);
    expect(view).toEqual({ x: -70, y: -60, zoom: 6 });
    expect([(20 * 6 + view.x) as number, 20 * 6 + view.y]).toEqual([50, 60]);
  });
});

describe('hit tests', () => {
  const points = Float32Array.of(0, 0, 10, 0, 10, 10);
  const view = { x: 100, y: 100, zoom: 2 };

  it('finds the nearest disc within the tolerance', () => {
    expect(nearestPoint(points, view, () => 3, { x: 118, y: 101 }, 2)).toBe(1);
    expect(nearestPoint(points, view, () => 3, { x: 110, y: 110 }, 2)).toBe(-1);
  });

  it('finds what a polygon holds', () => {
    const square = [
      [95, 95],
      [125, 95],
      [125, 105],
      [95, 105],
    ] as const;
    expect(pointsInPolygon(points, view, square)).toEqual([0, 1]);
    expect(pointsInPolygon(points, view, [])).toEqual([]);
  });
});

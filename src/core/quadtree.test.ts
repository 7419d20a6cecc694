/** Barnes–Hut repulsion against the plain double sum. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSequence } from './random.ts';
import { createQuadtree } from './quadtree.ts';

interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mass: Float64Array;
}

function randomPoints(count: number, seed: number): Points {
  const random = randomSequence(seed, 99);
  return {
    x: Float64Array.from({ length: count }, () => random.normal() * 100),
    y: Float64Array.from({ length: count }, () => random.normal() * 100),
    mass: Float64Array.from({ length: count }, () => 1 + random.below(9)),
  };
}

function bruteForce({ x, y, mass }: Points): [Float64Array, Float64Array] {
  const forceX = new Float64Array(x.length);
  const forceY = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < x.length; j++) {
      const dx = (x[i] as number) - (x[j] as number);
      const dy = (y[i] as number) - (y[j] as number);
      const squared = dx * dx + dy * dy;
      if (squared === 0) continue;
      const scale = ((mass[i] as number) * (mass[j] as number)) / squared;
      forceX[i] = (forceX[i] as number) + scale * dx;
      forceY[i] = (forceY[i] as number) + scale * dy;
    }
  }
  return [forceX, forceY];
}

function treeForce(points: Points, theta: number): [Float64Array, Float64Array] {
  const tree = createQuadtree(points.x, points.y, points.mass);
  const forces: [Float64Array, Float64Array] = [
    new Float64Array(points.x.length),
    new Float64Array(points.x.length),
  ];
  tree.build(0, points.x.length);
  tree.repel(theta, 1, ...forces);
  return forces;
}

function relativeError(found: Float64Array[], exact: Float64Array[]): number {
  let difference = 0;
  let size = 0;
  exact.forEach((axis, dimension) =>
    axis.forEach((value, at) => {
      difference += ((found[dimension]?.[at] as number) - value) ** 2;
      size += value * value;
    }),
  );
  return Math.sqrt(difference / size);
}

describe('quadtree repulsion', () => {
  it('with theta 0 is the exact sum', () => {
    const points = randomPoints(200, 1);
    expect(relativeError(treeForce(points, 0), bruteForce(points))).toBeLessThan(1e-12);
  });

  it('with theta 0 is the exact sum on grids, where many points share coordinates or places', () => {
    const coordinate = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 40 }), (places) => {
        const points = {
          x: Float64Array.from(places, (place) => place[0]),
          y: Float64Array.from(places, (place) => place[1]),
          mass: Float64Array.from(places, (_, at) => 1 + (at % 3)),
        };
        const exact = bruteForce(points);
        treeForce(points, 0).forEach((axis, dimension) =>
          axis.forEach((value, at) => expect(value).toBeCloseTo(exact[dimension]?.[at] as number, 9)),
        );
      }),
    );
  });

  it('with theta 1.2 is close to the sum', () => {
    const points = randomPoints(2000, 2);
    expect(relativeError(treeForce(points, 1.2), bruteForce(points))).toBeLessThan(0.06);
  });

  it('sees only the points of the built range', () => {
    const points = randomPoints(30, 3);
    const tree = createQuadtree(points.x, points.y, points.mass);
    const forceX = new Float64Array(30);
    const forceY = new Float64Array(30);
    tree.build(10, 20);
    tree.repel(0, 1, forceX, forceY);
    const part = {
      x: points.x.slice(10, 20),
      y: points.y.slice(10, 20),
      mass: points.mass.slice(10, 20),
    };
    expect(relativeError([forceX.slice(10, 20), forceY.slice(10, 20)], bruteForce(part))).toBeLessThan(1e-12);
    expect(forceX.filter((value, at) => value !== 0 && (at < 10 || at >= 20)).length).toBe(0);
  });

  it("under Student's law with theta 0 is the exact sum, coincident points included", () => {
    const points = randomPoints(100, 4);
    points.x.forEach((value, at) => (points.x[at] = value / 100));
    points.y.forEach((value, at) => (points.y[at] = value / 100));
    points.x[1] = points.x[0] as number;
    points.y[1] = points.y[0] as number;
    const exact: [Float64Array, Float64Array] = [new Float64Array(100), new Float64Array(100)];
    let exactTotal = 0;
    for (let i = 0; i < 100; i++) {
      for (let j = 0; j < 100; j++) {
        if (i === j) continue;
        const dx = (points.x[i] as number) - (points.x[j] as number);
        const dy = (points.y[i] as number) - (points.y[j] as number);
        const masses = (points.mass[i] as number) * (points.mass[j] as number);
        const weight = 1 / (1 + dx * dx + dy * dy);
        exactTotal += masses * weight;
        exact[0][i] = (exact[0][i] as number) + masses * weight * weight * dx;
        exact[1][i] = (exact[1][i] as number) + masses * weight * weight * dy;
      }
    }
    const tree = createQuadtree(points.x, points.y, points.mass);
    tree.build(0, 100);
    const found: [Float64Array, Float64Array] = [new Float64Array(100), new Float64Array(100)];
    expect(tree.repelStudent(0, ...found) / exactTotal).toBeCloseTo(1, 12);
    expect(relativeError(found, exact)).toBeLessThan(1e-12);
    const coarse: [Float64Array, Float64Array] = [new Float64Array(100), new Float64Array(100)];
    expect(tree.repelStudent(0.5, ...coarse) / exactTotal).toBeCloseTo(1, 2);
    expect(relativeError(coarse, exact)).toBeLessThan(0.05);
  });
});

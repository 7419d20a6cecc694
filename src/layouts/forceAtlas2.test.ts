/** What makes the layout readable: clusters apart, nothing flying off, rest in the end, and no square cost. */
import { describe, expect, it } from 'vitest';
import { degreeCorrectedBlockModel } from '../core/generators/degreeCorrectedBlockModel.ts';
import { forceAtlas2 } from './forceAtlas2.ts';
import { type Layout, NODE_SPACING } from './layoutTypes.ts';

function cliques(sizes: readonly number[], bridges: readonly [number, number][]): [Int32Array, Int32Array] {
  const ends: [number, number][] = [...bridges];
  let first = 0;
  for (const size of sizes) {
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) ends.push([first + i, first + j]);
    first += size;
  }
  return [Int32Array.from(ends, (edge) => edge[0]), Int32Array.from(ends, (edge) => edge[1])];
}

const distance = (layout: Layout, a: number, b: number): number =>
  Math.hypot(
    (layout.positions[2 * a] as number) - (layout.positions[2 * b] as number),
    (layout.positions[2 * a + 1] as number) - (layout.positions[2 * b + 1] as number),
  );

function run(numNodes: number, [source, target]: [Int32Array, Int32Array], steps: number): Layout {
  const layout = forceAtlas2.create({ numNodes, source, target, initial: null, seed: 1 });
  for (let at = 0; at < steps; at++) layout.step();
  return layout;
}

/** Mean distance of pairs inside a block over that of pairs between blocks. */
function spreadRatio(layout: Layout, blockOf: (node: number) => number, numNodes: number): number {
  const sums = { inside: 0, insideCount: 0, between: 0, betweenCount: 0 };
  for (let a = 0; a < numNodes; a++) {
    for (let b = 0; b < a; b++) {
      if (blockOf(a) === blockOf(b)) {
        sums.inside += distance(layout, a, b);
        sums.insideCount++;
      } else {
        sums.between += distance(layout, a, b);
        sums.betweenCount++;
      }
    }
  }
  return sums.inside / sums.insideCount / (sums.between / sums.betweenCount);
}

describe('forceAtlas2', () => {
  it('separates two cliques joined by one edge', () => {
    const layout = run(20, cliques([10, 10], [[0, 10]]), 300);
    expect(spreadRatio(layout, (node) => Math.floor(node / 10), 20)).toBeLessThan(0.45);
  });

  it('separates the communities of a citation-like graph', () => {
    const graph = degreeCorrectedBlockModel({
      blockSizes: [100, 100, 100],
      meanDegree: 6,
      homophilyRatio: 0.95,
      degreeExponent: 3,
      everyNodeLinks: true,
      seed: 4,
    });
    const layout = run(300, [graph.source, graph.target], 300);
    expect(spreadRatio(layout, (node) => graph.block[node] as number, 300)).toBeLessThan(0.5);
  });

  it('packs components and isolated nodes near each other without overlap', () => {
    const layout = run(60, cliques([12, 6, 6], []), 300);
    for (let a = 0; a < 60; a++) {
      const radius = Math.hypot(layout.positions[2 * a] as number, layout.positions[2 * a + 1] as number);
      expect(radius).toBeLessThan(4 * NODE_SPACING * Math.sqrt(60 / Math.PI));
      for (let b = 0; b < a; b++) expect(distance(layout, a, b)).toBeGreaterThan(0.3 * NODE_SPACING);
    }
  });

  it('comes to rest', () => {
    const layout = run(20, cliques([10, 10], [[0, 10]]), 600);
    expect(layout.isConverged).toBe(true);
  });

  it('starts from positions it is given and keeps their arrangement', () => {
    const ends = cliques([10, 10], [[0, 10]]);
    const first = run(20, ends, 500);
    const again = forceAtlas2.create({
      numNodes: 20,
      source: ends[0],
      target: ends[1],
      initial: first.positions,
      seed: 9,
    });
    expect(again.step()).toBeLessThan(0.1);
    expect(
      [...again.positions].every((value, at) => Math.abs(value - (first.positions[at] as number)) < 40),
    ).toBe(true);
  });
});

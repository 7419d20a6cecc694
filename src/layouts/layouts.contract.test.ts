/** What every registered layout must do: finite, centred, deterministic, from any graph and any start. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../core/errors.ts';
import { LAYOUTS } from './index.ts';
import type { LayoutInput } from './layoutTypes.ts';

const graph = fc.integer({ min: 0, max: 25 }).chain((numNodes) =>
  fc
    .array(fc.tuple(fc.nat(Math.max(0, numNodes - 1)), fc.nat(Math.max(0, numNodes - 1))), { maxLength: 40 })
    .map((ends): LayoutInput => {
      const kept = numNodes === 0 ? [] : ends;
      return {
        numNodes,
        source: Int32Array.from(kept, (edge) => edge[0]),
        target: Int32Array.from(kept, (edge) => edge[1]),
        initial: null,
        seed: 1,
      };
    }),
);

const mean = (positions: Float32Array, dimension: number): number =>
  positions.reduce((sum, value, at) => sum + (at % 2 === dimension ? value : 0), 0) / (positions.length / 2);

describe.each(LAYOUTS.all)('$id', (layout) => {
  it('has words and a source', () => {
    expect([layout.name, layout.summary, layout.source].every((text) => text.length > 0)).toBe(true);
  });

  it('keeps every coordinate finite and the whole centred on any graph', () => {
    fc.assert(
      fc.property(graph, (input) => {
        const run = layout.create(input);
        for (let at = 0; at < 20; at++) expect(run.step()).not.toBeNaN();
        expect(run.positions.length).toBe(2 * input.numNodes);
        expect(run.positions.every(Number.isFinite)).toBe(true);
        expect(run.iteration).toBe(20);
        if (input.numNodes === 0) return;
        expect(Math.abs(mean(run.positions, 0))).toBeLessThan(0.05);
        expect(Math.abs(mean(run.positions, 1))).toBeLessThan(0.05);
      }),
    );
  });

  it('is the same for the same graph and seed', () => {
    fc.assert(
      fc.property(graph, (input) => {
        const [first, second] = [layout.create(input), layout.create(input)];
        for (let at = 0; at < 5; at++) expect(second.step()).toBe(first.step());
        expect(second.positions).toEqual(first.positions);
      }),
      { numRuns: 20 },
    );
  });

  it('parts nodes that all start at one place', () => {
    const source = Int32Array.of(0, 1, 2, 3);
    const target = Int32Array.of(1, 2, 3, 4);
    const run = layout.create({ numNodes: 5, source, target, initial: new Float32Array(10), seed: 1 });
    for (let at = 0; at < 50; at++) run.step();
    const places = new Set(
      Array.from({ length: 5 }, (_, node) => run.positions.slice(2 * node, 2 * node + 2).join()),
    );
    expect(places.size).toBe(5);
    expect(run.positions.every(Number.isFinite)).toBe(true);
  });

  it('does not touch the start it was given, and refuses one of another size', () => {
    const input = { numNodes: 3, source: Int32Array.of(0), target: Int32Array.of(1), seed: 1 };
    const initial = Float32Array.of(0, 0, 10, 0, 0, 10);
    layout.create({ ...input, initial }).step();
    expect([...initial]).toEqual([0, 0, 10, 0, 0, 10]);
    expect(() => layout.create({ ...input, initial: new Float32Array(4) })).toThrow(
      new ShapeError('Layout start: expected 6 coordinates, received 4.', {
        code: 'layout-initial',
        remedy: 'Give one x and one y per node, or none.',
        details: { expected: 6, received: 4 },
      }),
    );
  });
});

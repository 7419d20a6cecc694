/** What every registered layout must do: finite, centred, deterministic, from any graph and any start. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetOf } from '../core/bitset.ts';
import { ParameterError, ShapeError } from '../core/errors.ts';
import { LAYOUTS } from './index.ts';
import type { LayoutDescriptor, LayoutInput } from './layoutTypes.ts';

/** Numbers for every column a layout asks for: distinct pairs, so that no two nodes share a place by the data. */
function inputFor(layout: LayoutDescriptor, input: Omit<LayoutInput, 'numbers'>): LayoutInput {
  if (layout.id !== 'columns' && layout.needs !== 'embedding') return input;
  const numbers = {
    x: Float64Array.from({ length: input.numNodes }, (_, node) => (node * 7) % 11),
    y: Float64Array.from({ length: input.numNodes }, (_, node) => node - 4),
  };
  return { ...input, numbers };
}

const placesOf = (positions: Float32Array): Set<string> =>
  new Set(
    Array.from({ length: positions.length / 2 }, (_, node) => positions.slice(2 * node, 2 * node + 2).join()),
  );

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
        const run = layout.create(inputFor(layout, input));
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
        const [first, second] = [
          layout.create(inputFor(layout, input)),
          layout.create(inputFor(layout, input)),
        ];
        for (let at = 0; at < 5; at++) expect(second.step()).toBe(first.step());
        expect(second.positions).toEqual(first.positions);
      }),
      { numRuns: 20 },
    );
  });

  it('parts nodes that all start at one place', () => {
    const source = Int32Array.of(0, 1, 2, 3);
    const target = Int32Array.of(1, 2, 3, 4);
    const initial = new Float32Array(10);
    const run = layout.create(inputFor(layout, { numNodes: 5, source, target, initial, seed: 1 }));
    for (let at = 0; at < 50; at++) run.step();
    expect(placesOf(run.positions).size).toBe(5);
    expect(run.positions.every(Number.isFinite)).toBe(true);
  });

  it('does not touch the start it was given, and refuses one of another size', () => {
    const [source, target] = [Int32Array.of(0), Int32Array.of(1)];
    const input = inputFor(layout, { numNodes: 3, source, target, seed: 1, initial: null });
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

  it('gives every node of any graph a place of its own, isolated ones too', () => {
    fc.assert(
      fc.property(graph, (input) => {
        const run = layout.create(inputFor(layout, input));
        for (let at = 0; at < 10; at++) run.step();
        expect(placesOf(run.positions).size).toBe(input.numNodes);
      }),
    );
  });

  it('refuses numbers of another length', () => {
    if (!layout.isStatic) return;
    const input = { numNodes: 2, source: Int32Array.of(0), target: Int32Array.of(1), initial: null, seed: 1 };
    expect(() => layout.create({ ...input, numbers: { x: new Float64Array(3) } })).toThrow(ShapeError);
  });

  it('has parameters with words and defaults inside their limits, and refuses unknown ones', () => {
    for (const spec of layout.parameters) {
      expect([spec.name, spec.help].every((text) => text.length > 0)).toBe(true);
      if (spec.kind === 'number' || spec.kind === 'integer') {
        expect(spec.default).toBeGreaterThanOrEqual(spec.min);
        expect(spec.default).toBeLessThanOrEqual(spec.max);
      }
    }
    for (const id of Object.keys(layout.columns)) {
      expect(layout.parameters.find((spec) => spec.id === id)?.kind).toBe('choice');
    }
    const input = { numNodes: 0, source: new Int32Array(), target: new Int32Array(), initial: null, seed: 1 };
    expect(() => layout.create({ ...inputFor(layout, input), parameters: { colour: 'red' } })).toThrow(
      ParameterError,
    );
  });

  it('is done after one step exactly when it says it is static', () => {
    const source = Int32Array.of(0, 1, 2, 3);
    const target = Int32Array.of(1, 2, 3, 0);
    const run = layout.create(inputFor(layout, { numNodes: 5, source, target, initial: null, seed: 1 }));
    run.step();
    expect(run.isConverged).toBe(layout.isStatic);
  });
});

describe('iterative layouts', () => {
  it.each(LAYOUTS.all.filter(({ isStatic }) => !isStatic))(
    '$id leaves pinned nodes where they are and moves the others',
    (layout) => {
      const source = Int32Array.of(0, 1, 2, 3, 4, 6);
      const target = Int32Array.of(1, 2, 3, 4, 0, 7);
      const initial = Float32Array.from({ length: 18 }, (_, at) => 100 + ((at * 37) % 90));
      const pinned = bitsetOf(9, [0, 6, 8]);
      const run = layout.create({ numNodes: 9, source, target, initial, seed: 1, pinned });
      for (let at = 0; at < 50; at++) run.step();
      for (const node of [0, 6, 8]) {
        expect(run.positions[2 * node]).toBeCloseTo(initial[2 * node] as number, 2);
        expect(run.positions[2 * node + 1]).toBeCloseTo(initial[2 * node + 1] as number, 2);
      }
      const moved = [1, 2, 3, 4].map((node) =>
        Math.hypot(
          (run.positions[2 * node] as number) - (initial[2 * node] as number),
          (run.positions[2 * node + 1] as number) - (initial[2 * node + 1] as number),
        ),
      );
      expect(Math.min(...moved)).toBeGreaterThan(1);
    },
  );
});

/** Layers: every edge that was not turned points down, against the definition; the ordering against counting crossings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidGraphError, LimitError } from '../core/errors.ts';
import { layered } from './layered.ts';
import { layeredGraph } from './layeredGraph.ts';
import { layerOrder, MAX_VERTICES } from './layerOrder.ts';

const node = fc.nat(14);
const edges = fc.array(fc.tuple(node, node), { maxLength: 50 });
const ends = (list: readonly (readonly [number, number])[]): [Int32Array, Int32Array] => [
  Int32Array.from(list, (edge) => edge[0]),
  Int32Array.from(list, (edge) => edge[1]),
];

describe('layeredGraph', () => {
  it('points every arc down, and says which edges were turned', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const { layer, from, to, isReversed, numLayers } = layeredGraph(15, ...ends(list));
        const met = new Set<string>();
        from.forEach((start, arc) => {
          const end = to[arc] as number;
          expect(layer[start]).toBeLessThan(layer[end] as number);
          met.add(isReversed[arc] === 1 ? `${end} ${start}` : `${start} ${end}`);
        });
        const wanted = new Set(list.filter(([a, b]) => a !== b).map(([a, b]) => `${a} ${b}`));
        expect(met).toEqual(wanted);
        expect(Math.max(-1, ...layer)).toBe(numLayers - 1);
      }),
    );
  });

  it('turns nothing where there is no cycle', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const forward = list.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
        expect(layeredGraph(15, ...ends(forward)).isReversed.includes(1)).toBe(false);
      }),
    );
  });

  it('turns one edge of a ring and keeps the chain', () => {
    const { layer, isReversed } = layeredGraph(4, Int32Array.of(0, 1, 2, 3), Int32Array.of(1, 2, 3, 0));
    expect([...layer]).toEqual([0, 1, 2, 3]);
    expect(isReversed.reduce((sum, value) => sum + value, 0)).toBe(1);
  });

  it('moves a late source down to its successors, and leaves isolated nodes out', () => {
    // 0 → 1 → 2 → 3, and 4 → 3.
    const { layer } = layeredGraph(6, Int32Array.of(0, 1, 2, 4), Int32Array.of(1, 2, 3, 3));
    expect([...layer]).toEqual([0, 1, 2, 3, 2, -1]);
  });

  it('refuses an edge to nowhere', () => {
    expect(() => layeredGraph(2, Int32Array.of(0), Int32Array.of(7))).toThrow(InvalidGraphError);
  });

  it('takes a path of a hundred thousand nodes', () => {
    const count = 100_000;
    const source = Int32Array.from({ length: count - 1 }, (_, at) => at);
    expect(
      layeredGraph(
        count,
        source,
        source.map((at) => at + 1),
      ).numLayers,
    ).toBe(count);
  });
});

describe('layerOrder', () => {
  /** Crossings between two layers, counted pair by pair. */
  function crossings(list: readonly (readonly [number, number])[], sweeps: number): number {
    const found = layerOrder(layeredGraph(15, ...ends(list)), sweeps);
    const rank = new Map<number, number>();
    found.order.forEach((vertex, at) => rank.set(vertex, at));
    const arcs: [number, number][] = [];
    found.order.forEach((vertex) => {
      for (let at = found.below.ptr[vertex] as number; at < (found.below.ptr[vertex + 1] as number); at++) {
        arcs.push([vertex, found.below.vertex[at] as number]);
      }
    });
    let count = 0;
    for (const [a, b] of arcs) {
      for (const [c, d] of arcs) {
        if (found.layer[a] !== found.layer[c]) continue;
        if ((rank.get(a) ?? 0) < (rank.get(c) ?? 0) && (rank.get(b) ?? 0) > (rank.get(d) ?? 0)) count++;
      }
    }
    return count;
  }

  it('uncrosses a ladder', () => {
    const ladder = [0, 1, 2, 3, 4].map((at) => [at, 9 - at] as const);
    expect(crossings(ladder, 0)).toBe(10);
    expect(crossings(ladder, 12)).toBe(0);
  });

  it('gives long arcs a dummy on every layer between', () => {
    const graph = layeredGraph(4, Int32Array.of(0, 1, 2, 0), Int32Array.of(1, 2, 3, 3));
    const { layer, ptr } = layerOrder(graph, 2);
    expect([...layer]).toEqual([0, 1, 2, 3, 1, 2]);
    expect([...ptr]).toEqual([0, 1, 3, 5, 6]);
  });

  it('says no, and what else to choose, when the arcs would need too many bends', () => {
    const length = 600;
    const source: number[] = [];
    const target: number[] = [];
    for (let at = 1; at < length; at++) {
      source.push(at - 1);
      target.push(at);
      for (let other = 0; other < at - 1; other += 100) {
        source.push(other);
        target.push(at);
      }
    }
    expect(() =>
      layerOrder(layeredGraph(length, Int32Array.from(source), Int32Array.from(target)), 2),
    ).toThrow(LimitError);
    expect(MAX_VERTICES).toBe(150_000);
  });
});

describe('layered', () => {
  it('draws every edge of a tree downwards and parents over the middle of their children', () => {
    const source = Int32Array.of(0, 0, 1, 1, 2, 2);
    const target = Int32Array.of(1, 2, 3, 4, 5, 6);
    const { positions } = layered.create({ numNodes: 7, source, target, initial: null, seed: 1 });
    const x = (at: number): number => positions[2 * at] as number;
    const y = (at: number): number => positions[2 * at + 1] as number;
    source.forEach((start, edge) => expect(y(start)).toBeLessThan(y(target[edge] as number)));
    expect(x(0)).toBeCloseTo((x(1) + x(2)) / 2, 3);
    expect(x(1)).toBeCloseTo((x(3) + x(4)) / 2, 3);
  });

  it('runs to the right on request', () => {
    const parameters = { direction: 'right' };
    const [source, target] = [Int32Array.of(0, 1), Int32Array.of(1, 2)];
    const { positions } = layered.create({ numNodes: 3, source, target, initial: null, seed: 1, parameters });
    expect(positions[0]).toBeLessThan(positions[2] as number);
    expect(positions[2]).toBeLessThan(positions[4] as number);
    expect(positions[1]).toBe(positions[3]);
  });
});

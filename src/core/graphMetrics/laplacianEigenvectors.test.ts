import { describe, expect, it } from 'vitest';
import { LimitError } from '../errors.ts';
import { randomSequence, STREAM } from '../random.ts';
import { groupBy } from '../sparseMatrix.ts';
import { laplacianEigenvectors } from './laplacianEigenvectors.ts';
import { symmetricEigen } from './symmetricEigen.ts';

type Edges = readonly (readonly [number, number])[];

/** Both arcs of every undirected edge, or one way only. */
function graphOf(numNodes: number, edges: Edges, oneWay = false, weights?: readonly number[]) {
  const arcs = edges.flatMap(([a, b], edge) =>
    a === b || oneWay
      ? [{ a, b, edge }]
      : [
          { a, b, edge },
          { a: b, b: a, edge },
        ],
  );
  const { ptr, perm } = groupBy(
    Int32Array.from(arcs, ({ b }) => b),
    numNodes,
  );
  return {
    numNodes,
    rowPtr: ptr,
    colIndex: Int32Array.from(perm, (arc) => arcs[arc]?.a as number),
    weight:
      weights === undefined
        ? null
        : Float32Array.from(perm, (arc) => weights[arcs[arc]?.edge as number] as number),
  };
}
const path = (n: number): Edges => Array.from({ length: n - 1 }, (_, node) => [node, node + 1] as const);
const cycle = (n: number): Edges => Array.from({ length: n }, (_, node) => [node, (node + 1) % n] as const);

/** A connected random graph: a random tree and extra edges. */
function randomEdges(n: number, extra: number): Edges {
  const random = randomSequence(5, STREAM.generator);
  return [
    ...Array.from({ length: n - 1 }, (_, node) => [node + 1, random.below(node + 1)] as const),
    ...Array.from({ length: extra }, () => [random.below(n), random.below(n)] as const),
  ];
}

/** I − D^(−1/2) A D^(−1/2) as a dense matrix, from the edge list. */
function denseLaplacian(n: number, edges: Edges, weights?: readonly number[]): Float64Array {
  const a = new Float64Array(n * n);
  edges.forEach(([i, j], edge) => {
    const weight = weights?.[edge] ?? 1;
    a[i * n + j] = (a[i * n + j] as number) + weight;
    if (i !== j) a[j * n + i] = (a[j * n + i] as number) + weight;
  });
  const degree = Array.from({ length: n }, (_, i) => a.subarray(i * n, i * n + n).reduce((x, y) => x + y, 0));
  return a.map((value, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    return (i === j ? 1 : 0) - value / Math.sqrt((degree[i] as number) * (degree[j] as number));
  });
}

const column = (vectors: Float32Array, k: number, j: number): number[] =>
  Array.from({ length: vectors.length / k }, (_, row) => vectors[row * k + j] as number);
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);

describe('symmetricEigen', () => {
  it('solves [[2, 1], [1, 2]] by hand and rebuilds a random matrix', () => {
    const small = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(small.values[0]).toBeCloseTo(3, 14);
    expect(small.values[1]).toBeCloseTo(1, 14);
    expect(Math.abs(small.vectors[0] as number)).toBeCloseTo(Math.SQRT1_2, 14);
    const n = 12;
    const random = randomSequence(2, STREAM.generator);
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        a[i * n + j] = random.normal();
        a[j * n + i] = a[i * n + j] as number;
      }
    const { values, vectors } = symmetricEigen(a, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++)
          sum += (vectors[i * n + k] as number) * (values[k] as number) * (vectors[j * n + k] as number);
        expect(sum).toBeCloseTo(a[i * n + j] as number, 12);
      }
    }
    expect([...values]).toEqual([...values].sort((x, y) => y - x));
  });
});

describe('laplacianEigenvectors', () => {
  // Normalised Laplacian of a path of n nodes: λ_j = 1 − cos(π j / (n − 1)). Both sizes: Jacobi and subspace iteration.
  it.each([6, 300])('gives the eigenvalues and half cosines of a path of %i nodes', (n) => {
    const k = 4;
    const { eigenvalues, vectors, residual } = laplacianEigenvectors(graphOf(n, path(n)), {
      count: k,
      seed: 1,
    });
    expect(residual).toBeLessThan(1e-8);
    for (let j = 1; j <= k; j++) {
      expect(eigenvalues[j - 1]).toBeCloseTo(1 - Math.cos((Math.PI * j) / (n - 1)), 9);
      // Eigenvector: √d_i · cos(π j i / (n − 1)), unit length; its first entry is the first of largest magnitude or not.
      const shape = Array.from(
        { length: n },
        (_, i) => Math.sqrt(i === 0 || i === n - 1 ? 1 : 2) * Math.cos((Math.PI * j * i) / (n - 1)),
      );
      const norm = Math.sqrt(dot(shape, shape));
      expect(Math.abs(dot(shape, column(vectors, k, j - 1))) / norm).toBeCloseTo(1, 5);
    }
  });

  it('finds both vectors of each double eigenvalue of a ring', () => {
    const n = 200;
    const k = 4;
    const { eigenvalues, vectors } = laplacianEigenvectors(graphOf(n, cycle(n)), { count: k, seed: 3 });
    [1, 1, 2, 2].forEach((j, at) => {
      expect(eigenvalues[at]).toBeCloseTo(1 - Math.cos((2 * Math.PI * j) / n), 9);
    });
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++)
        expect(dot(column(vectors, k, i), column(vectors, k, j))).toBeCloseTo(i === j ? 1 : 0, 5);
  });

  it.each([
    ['unweighted', undefined],
    ['weighted', (edge: number) => 0.5 + (edge % 5)],
  ])('agrees with a dense eigensolver on a random graph, %s', (_, weightOf) => {
    const n = 120;
    const k = 5;
    const edges = randomEdges(n, 150);
    const weights = weightOf === undefined ? undefined : edges.map((__, edge) => weightOf(edge));
    const found = laplacianEigenvectors(graphOf(n, edges, false, weights), { count: k, seed: 1 });
    expect(found.residual).toBeLessThan(1e-8);
    const laplacian = denseLaplacian(n, edges, weights);
    const reference = symmetricEigen(laplacian, n);
    expect(reference.values[n - 1]).toBeCloseTo(0, 12);
    for (let j = 0; j < k; j++) {
      // Ascending order skips the trivial eigenvalue, the last of the descending list.
      expect(found.eigenvalues[j]).toBeCloseTo(reference.values[n - 2 - j] as number, 12);
      const v = column(found.vectors, k, j);
      for (let i = 0; i < n; i++) {
        const product = v.reduce((sum, value, at) => sum + (laplacian[i * n + at] as number) * value, 0);
        expect(product).toBeCloseTo((found.eigenvalues[j] as number) * (v[i] as number), 6);
      }
    }
  });

  it('treats each component as if it were alone, and leaves what it cannot have at 0', () => {
    const k = 3;
    const ring = cycle(70);
    const joined: Edges = [...ring.map(([a, b]) => [a + 3, b + 3] as const), [0, 1]];
    const { vectors, eigenvalues, component, sizes } = laplacianEigenvectors(graphOf(74, joined), {
      count: k,
      seed: 1,
    });
    expect([...sizes]).toEqual([70, 2, 1, 1]);
    expect([...component.subarray(0, 4)]).toEqual([1, 1, 2, 0]);
    expect(vectors.subarray(3 * k, 73 * k)).toEqual(
      laplacianEigenvectors(graphOf(70, ring), { count: k, seed: 1 }).vectors,
    );
    // Two joined nodes: λ = 2 with (1, −1)/√2, then nothing.
    expect([...vectors.subarray(0, 3 * k)].map((value) => value + 0)).toEqual(
      [Math.SQRT1_2, 0, 0, -Math.SQRT1_2, 0, 0, 0, 0, 0].map(Math.fround),
    );
    expect([...eigenvalues.subarray(k)].map(Math.fround)).toEqual([
      2,
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
  });

  it('drops direction and numbering of parallel arcs, and repeats bit for bit', () => {
    const edges = randomEdges(80, 60);
    const once = laplacianEigenvectors(graphOf(80, edges), { count: 4, seed: 9 });
    expect(laplacianEigenvectors(graphOf(80, edges), { count: 4, seed: 9 })).toEqual(once);
    const oneWay = laplacianEigenvectors(graphOf(80, edges, true), { count: 4, seed: 9 });
    expect(
      Math.max(...oneWay.vectors.map((value, at) => Math.abs(value - (once.vectors[at] as number)))),
    ).toBeLessThan(1e-5);
    const other = laplacianEigenvectors(graphOf(80, edges), { count: 4, seed: 10 });
    // Another start, the same vectors with the same signs: eigenvalues of this graph are simple.
    expect(
      Math.max(...other.vectors.map((value, at) => Math.abs(value - (once.vectors[at] as number)))),
    ).toBeLessThan(1e-5);
  });

  it('handles graphs without edges, of one kind of eigenvalue, and bipartite ones', () => {
    expect([...laplacianEigenvectors(graphOf(3, []), { count: 2, seed: 1 }).vectors]).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
    const n = 60;
    const complete = Array.from({ length: n }, (_, i) =>
      Array.from({ length: i }, (__, j) => [i, j] as const),
    ).flat();
    for (const value of laplacianEigenvectors(graphOf(n, complete), { count: 3, seed: 1 }).eigenvalues)
      expect(value).toBeCloseTo(n / (n - 1), 10);
    const star = Array.from({ length: n - 1 }, (_, leaf) => [0, leaf + 1] as const);
    for (const value of laplacianEigenvectors(graphOf(n, star), { count: 3, seed: 1 }).eigenvalues)
      expect(value).toBeCloseTo(1, 10);
  });

  it('refuses what does not fit in memory', () => {
    const numNodes = 2_000_000;
    const graph = {
      numNodes,
      rowPtr: new Int32Array(numNodes + 1),
      colIndex: new Int32Array(0),
      weight: null,
    };
    let thrown: unknown;
    try {
      laplacianEigenvectors(graph, { count: 8, seed: 1 });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(LimitError);
    expect(thrown).toMatchObject({
      code: 'laplacian-size',
      message: '8 Laplacian eigenvectors of 2,000,000 nodes take too much memory.',
      remedy: 'Set Laplacian eigenvectors to at most 6.',
      details: { numNodes, count: 8, possible: 6 },
    });
  });
});

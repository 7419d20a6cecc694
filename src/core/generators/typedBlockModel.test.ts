/** The typed block model: each relation has the homophily asked for, and only the types tell the classes apart. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsetIndices, countBits } from '../bitset.ts';
import { ParameterError } from '../errors.ts';
import { edgeHomophily } from '../graphMetrics/homophily.ts';
import { buildGraph } from '../graphBuilder.ts';
import { targetCandidates } from '../taskDefaults.ts';
import { resolveNodeSplit } from '../transforms/resolveNodeSplit.ts';
import { typedBlockGraphInput } from './typedBlockGraph.ts';
import {
  TYPED_BLOCK_DEFAULTS,
  typedBlockModel,
  type TypedBlockModel,
  type TypedBlockOptions,
} from './typedBlockModel.ts';

const withOptions = (options: Partial<TypedBlockOptions>): TypedBlockModel =>
  typedBlockModel({ ...TYPED_BLOCK_DEFAULTS, ...options });

/** Ends of the edges of one relation. */
function edgesOf(model: TypedBlockModel, type: number): { source: Int32Array; target: Int32Array } {
  const isOfType = (_: number, edge: number): boolean => model.edgeType[edge] === type;
  return { source: model.source.filter(isOfType), target: model.target.filter(isOfType) };
}

/** Mean feature row of the neighbours over the relations given. */
function neighbourMeans(model: TypedBlockModel, types: readonly number[]): Float64Array {
  const width = model.features.length / model.numNodes;
  const sums = new Float64Array(model.features.length);
  const degree = new Float64Array(model.numNodes);
  const add = (to: number, from: number): void => {
    degree[to] = (degree[to] as number) + 1;
    for (let column = 0; column < width; column++) {
      const at = to * width + column;
      sums[at] = (sums[at] as number) + (model.features[from * width + column] as number);
    }
  };
  for (const type of types) {
    const { source, target } = edgesOf(model, type);
    source.forEach((from, edge) => {
      add(target[edge] as number, from);
      add(from, target[edge] as number);
    });
  }
  return sums.map((sum, at) => sum / Math.max(1, degree[Math.floor(at / width)] as number));
}

/** Test accuracy of the nearest class mean, blocks of columns divided by their spread: what a linear model can read. */
function centroidAccuracy(model: TypedBlockModel, blocks: readonly ArrayLike<number>[]): number {
  const width = model.features.length / model.numNodes;
  const scaled = blocks.map((block) => {
    const values = Float64Array.from(block);
    const spread = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    return values.map((value) => value / spread);
  });
  const rows = Array.from({ length: model.numNodes }, (_, node) =>
    scaled.flatMap((block) => [...block.subarray(node * width, (node + 1) * width)]),
  );
  const rowOf = (node: number): readonly number[] => rows[node] as readonly number[];
  const train = [...bitsetIndices(model.split.train)];
  const means = Array.from({ length: Math.max(...model.codes) + 1 }, (_, code) => {
    const members = train.filter((node) => model.codes[node] === code).map(rowOf);
    return rowOf(0).map((__, column) =>
      members.reduce((sum, row) => sum + (row[column] as number) / members.length, 0),
    );
  });
  const test = [...bitsetIndices(model.split.test)];
  const hits = test.filter((node) => {
    const distances = means.map((mean) =>
      mean.reduce((sum, value, column) => sum + (value - (rowOf(node)[column] as number)) ** 2, 0),
    );
    return distances.indexOf(Math.min(...distances)) === model.codes[node];
  });
  return hits.length / test.length;
}

describe('typedBlockModel', () => {
  it.each([
    [2, 0.9],
    [2, 0.5],
    [4, 0.8],
    [5, 0.2],
  ])('joins %i classes by the rule of each relation with probability %f', (numClasses, homophilyRatio) => {
    const model = withOptions({ numClasses, homophilyRatio });
    const agrees = edgesOf(model, 0);
    const differs = edgesOf(model, 1);
    // Three standard deviations of 8,000 draws are 0.017; edges drawn again add a little.
    const near = (value: number | null, wanted: number): void =>
      expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(0.025);
    near(edgeHomophily(agrees.source, agrees.target, model.codes).edgeHomophilyRatio, homophilyRatio);
    near(
      edgeHomophily(differs.source, differs.target, model.codes).edgeHomophilyRatio,
      (1 - homophilyRatio) / (numClasses - 1),
    );
    const following = differs.source.filter(
      (from, edge) =>
        model.codes[differs.target[edge] as number] === ((model.codes[from] as number) + 1) % numClasses,
    );
    near(following.length / differs.source.length, homophilyRatio);
  });

  it('gives both relations the same number of edges, and every class the same mean degree in each', () => {
    const model = withOptions({ numClasses: 4, meanDegree: 7 });
    for (const type of [0, 1]) {
      const { source, target } = edgesOf(model, type);
      expect(source.length).toBe(7000);
      const ends = new Float64Array(4);
      for (const node of [...source, ...target]) {
        const code = model.codes[node] as number;
        ends[code] = (ends[code] as number) + 1;
      }
      for (const count of ends) expect(Math.abs(count / 500 - 7)).toBeLessThan(0.35);
    }
  });

  it('is simple within each relation, and has balanced classes', () => {
    const shape = fc.record({
      numNodes: fc.integer({ min: 20, max: 60 }),
      numClasses: fc.integer({ min: 2, max: 5 }),
      itemsPerClass: fc.integer({ min: 0, max: 4 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(shape, (given) => {
        const model = withOptions({ ...given, meanDegree: 3 });
        expect(model.numItems).toBe(given.itemsPerClass * given.numClasses);
        for (const type of [0, 1, 2]) {
          const { source, target } = edgesOf(model, type);
          const keys = Array.from(source, (from, edge) => {
            const to = target[edge] as number;
            expect(from).not.toBe(to);
            expect(from).toBeLessThan(model.numNodes);
            expect(to < model.numNodes).toBe(type < 2);
            expect(to).toBeLessThan(model.numNodes + model.numItems);
            return Math.min(from, to) * 1000 + Math.max(from, to);
          });
          expect(new Set(keys).size).toBe(keys.length);
        }
        const sizes = Array.from(
          { length: given.numClasses },
          (_, code) => model.codes.filter((own) => own === code).length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 25 },
    );
  });

  it.each([0, 1, 2])('hides the classes from whoever ignores the types, seed %i', (seed) => {
    const model = withOptions({ seed, numNodes: 1000 });
    const own = model.features;
    const alone = centroidAccuracy(model, [own]);
    const untyped = centroidAccuracy(model, [own, neighbourMeans(model, [0, 1])]);
    const typed = centroidAccuracy(model, [own, neighbourMeans(model, [0]), neighbourMeans(model, [1])]);
    expect(alone).toBeLessThan(0.75);
    expect(untyped).toBeLessThan(alone + 0.05);
    expect(typed).toBeGreaterThan(untyped + 0.2);
  });

  it('labels the share asked for, and halves the rest', () => {
    const { split } = withOptions({ labelledRatio: 0.2 });
    expect([countBits(split.train), countBits(split.val), countBits(split.test)]).toEqual([400, 800, 800]);
  });

  it('shifts the columns of a class by the signal, over noise of spread 1', () => {
    const model = withOptions({ featureSignal: 2, numClasses: 4, featureWidth: 8, meanDegree: 0 });
    const sums = [0, 0];
    model.features.forEach((value, at) => {
      const own = (at % 8) % 4 === model.codes[Math.floor(at / 8)] ? 1 : 0;
      sums[own] = (sums[own] as number) + value;
    });
    expect((sums[0] as number) / 12_000).toBeCloseTo(0, 1);
    expect((sums[1] as number) / 4_000).toBeCloseTo(2, 1);
  });

  it('is the same for the same seed and another for another; features do not depend on the edges', () => {
    const draw = (options: Partial<TypedBlockOptions>): TypedBlockModel =>
      withOptions({ numNodes: 150, ...options });
    expect(draw({ seed: 4 })).toEqual(draw({ seed: 4 }));
    expect(draw({ seed: 5 }).source).not.toEqual(draw({ seed: 4 }).source);
    expect(draw({ meanDegree: 2, itemsPerClass: 3 }).features).toEqual(draw({}).features);
  });

  it.each([
    [{ numClasses: 1 }, 'The number of classes is 1.', 'Give a whole number of at least 2.'],
    [{ numNodes: 1 }, 'The number of nodes is 1.', 'Give a whole number of at least 2.'],
    [{ featureWidth: 0 }, 'The feature width is 0.', 'Give a whole number of at least 1.'],
    [{ itemsPerClass: 0.5 }, 'The number of items per class is 0.5.', 'Give a whole number of at least 0.'],
    [
      { itemsPerClass: 1, itemsPerNode: 3 },
      'There are 2 items and 3 per node.',
      'Give more items per class.',
    ],
    [{ homophilyRatio: 1.1 }, 'Homophily is 1.1.', 'Give a share from 0 to 1.'],
    [{ labelledRatio: -1 }, 'The labelled share is -1.', 'Give a share from 0 to 1.'],
    [{ featureSignal: Infinity }, 'Feature signal is Infinity.', 'Give a finite number.'],
    [{ meanDegree: -1 }, 'Mean degree is -1.', 'Give a mean degree of 0 or more.'],
    [{ numNodes: 4, meanDegree: 10 }, '20 edges a relation do not fit 4 nodes.', 'Lower the mean degree.'],
  ])('refuses %j', (options, message, remedy) => {
    expect(() => withOptions(options)).toThrow(ParameterError);
    expect(() => withOptions(options)).toThrow(
      expect.objectContaining({ code: 'typed-block-model', message, remedy }),
    );
  });
});

describe('typedBlockGraphInput', () => {
  it('is a graph with a label to predict, its split, features and two relations', () => {
    const model = withOptions({ numNodes: 100 });
    const graph = buildGraph(typedBlockGraphInput(model));
    expect(graph.edgeTypes.relation).toEqual(['agrees', 'differs']);
    expect(graph.nodeTypes.map((type) => type.columns.map((column) => column.name))).toEqual([
      ['label', 'split', 'x'],
    ]);
    expect(targetCandidates(graph)[0]).toMatchObject({ nodeType: 'node', column: 'label', numClasses: 2 });
    const split = resolveNodeSplit('auto', {
      columns: graph.nodeTypes[0]?.columns ?? [],
      nodeTypeName: 'node',
      codes: model.codes,
      offset: 0,
      numNodes: 100,
      seed: 0,
    });
    expect([split.train, split.val, split.test]).toEqual([
      model.split.train,
      model.split.val,
      model.split.test,
    ]);
  });

  it('has items as a second node type, without columns', () => {
    const graph = buildGraph(typedBlockGraphInput(withOptions({ numNodes: 100, itemsPerClass: 5 })));
    expect(graph.edgeTypes.relation).toEqual(['agrees', 'differs', 'mentions']);
    expect(graph.nodeTypes.map((type) => [type.name, type.columns.length])).toEqual([
      ['node', 3],
      ['item', 0],
    ]);
    expect([...graph.nodeTypePtr]).toEqual([0, 100, 110]);
    expect((graph.edgeTypePtr[3] as number) - (graph.edgeTypePtr[2] as number)).toBe(200);
  });
});

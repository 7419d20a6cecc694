import { tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { startBackend } from '../backend.ts';
import { createGraphTensors, uploadFeatures } from '../graphInput.ts';
import { createParameterStore } from '../parameterStore.ts';
import type { BackendName } from '../runTypes.ts';
import golden from './__golden__/sageConv.json';
import { createLayerContext } from './layerContext.ts';
import { expectGolden, type GoldenLayer, transposed } from './goldenCases.ts';
import { expectRows, KITE, onKite } from './kiteCases.ts';
import { createSageConv, type SageOptions } from './sageConv.ts';

const GOLDEN: readonly (readonly [string, SageOptions])[] = [
  ['sage-mean', { aggregation: 'mean' }],
  ['sage-max', { aggregation: 'max' }],
  ['sage-mean-normalized', { aggregation: 'mean', isNormalised: true }],
];

const IDENTITY = [
  [1, 0],
  [0, 1],
];
const NOTHING = [
  [0, 0],
  [0, 0],
];

describe.each<BackendName>(['cpu', 'wasm'])('sageConv on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it.each(GOLDEN)('equals PyG 2.5.3: %s', async (name, options) => {
    expect.hasAssertions();
    await expectGolden({
      golden: golden as unknown as GoldenLayer,
      name,
      isDenseOnly: options.aggregation === 'max',
      create: (context, input) => createSageConv(context, 'conv', input, 4, options).forward,
      rename: (theirs) => ({
        'conv.neighbours.weight': transposed(theirs('lin_l.weight')),
        'conv.self.weight': transposed(theirs('lin_r.weight')),
        'conv.bias': theirs('lin_l.bias'),
      }),
    });
  });

  it('gives the worked values of KITE: mean, and its third row at length 1', async () => {
    const parameters = {
      'conv.self.weight': KITE.weight,
      'conv.neighbours.weight': KITE.neighbourWeight,
      'conv.bias': [0, 0],
    };
    const run = (isNormalised: boolean) =>
      onKite(
        KITE.messages(),
        (context) => createSageConv(context, 'conv', 2, 2, { aggregation: 'mean', isNormalised }).forward,
        parameters,
      );
    expectRows(await run(false), [
      [0.85, -0.3],
      [0.45, 0.55],
      [0.8, 0.3],
      [1.2, -0.9],
    ]);
    expectRows((await run(true)).slice(3), [[0.8, -0.6]]);
  });

  it('gives the largest neighbour of KITE, raw and projected', async () => {
    const parameters = {
      'conv.self.weight': NOTHING,
      'conv.neighbours.weight': IDENTITY,
      'conv.bias': [0, 0],
    };
    const raw = await onKite(
      KITE.messages(),
      (context) => createSageConv(context, 'conv', 2, 2, { aggregation: 'max' }).forward,
      parameters,
    );
    expectRows(raw, [
      [1, 1],
      [1, 1],
      [2, 1],
      [1, 1],
    ]);
    // relu(X·W_p + b_p) = [[1.5, 0], [.5, 1], [1.5, 1], [2.5, 0]].
    const pooled = await onKite(
      KITE.messages(),
      (context) => createSageConv(context, 'conv', 2, 2, { aggregation: 'pool' }).forward,
      { ...parameters, 'conv.pool.weight': IDENTITY, 'conv.pool.bias': [0.5, 0] },
    );
    expectRows(pooled, [
      [1.5, 1],
      [1.5, 1],
      [2.5, 1],
      [1.5, 1],
    ]);
  });

  it('refuses the raw largest value of sparse features', () => {
    const store = createParameterStore();
    const layer = createSageConv(createLayerContext(store, 0, 0), 'conv', { sparse: 2, dense: 0 }, 2, {
      aggregation: 'max',
    });
    const graph = createGraphTensors(KITE.messages(), true);
    const features = uploadFeatures({
      numNodes: 4,
      sparse: {
        rows: 4,
        cols: 2,
        rowPtr: Int32Array.of(0, 1, 2, 2, 2),
        colIndex: Int32Array.of(0, 1),
        values: null,
      },
      dense: null,
      denseWidth: 0,
      width: 2,
      names: [],
    });
    expect(() => tidy(() => layer.forward(graph, features))).toThrow(
      expect.objectContaining({
        name: 'ParameterError',
        code: 'sparse-max',
        message: 'The largest neighbour value cannot be taken of sparse features.',
        remedy: 'Use the aggregation pool, which projects the features first.',
      }),
    );
    features.dispose();
    graph.dispose();
    store.dispose();
  });
});

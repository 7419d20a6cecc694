import {
  grad,
  memory,
  mul,
  type Scalar,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
  type Tensor2D,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { expectClose } from '../../cli/wasmTesting.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { buildMessageGraph, type MessageGraph } from '../../core/messageGraph.ts';
import { symmetricNormalisation } from '../../core/transforms/symmetricNormalisation.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { startBackend } from '../backend.ts';
import type { FeatureMatrix } from '../features/encodeFeatures.ts';
import { createGraphInput, type GraphInput } from '../graphInput.ts';
import { type SparseTensors, uploadSparse } from '../kernels/sparseTensors.ts';
import { createPropagationCache, type PropagatedFeatures } from '../models/propagatedFeatures.ts';
import { createParameterStore } from '../parameterStore.ts';
import type { BackendName } from '../runTypes.ts';
import golden from './__golden__/propagation.json';
import { personalisedPageRank } from './appnpPropagation.ts';
import { createBias } from './bias.ts';
import { createGcn2Conv, initialReference } from './gcn2Conv.ts';
import { createLayerContext } from './layerContext.ts';
import { createProjection } from './projection.ts';

const KITE_EDGES: readonly [number, number][] = [
  [0, 1],
  [0, 2],
  [1, 2],
  [2, 3],
];
const KITE_X = [
  [1, 0],
  [0, 1],
  [1, 1],
  [2, -1],
];
const KITE_W = [
  [0.5, -0.3],
  [0.2, 0.4],
];

function messages(numNodes: number, edges: readonly (readonly number[])[], directed: boolean): MessageGraph {
  const graph = buildGraph({
    name: 'golden',
    nodeTables: [{ type: 'node', columns: [], count: numNodes }],
    nodeIds: utf8Table(Array.from({ length: numNodes }, (_, node) => String(node))),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed }],
    source: Int32Array.from(edges, (edge) => edge[0] as number),
    target: Int32Array.from(edges, (edge) => edge[1] as number),
    edgeType: null,
    edgeColumns: [],
  });
  return buildMessageGraph(graph, { flow: 'forward' });
}

const goldenMessages = (): MessageGraph => {
  const [source = [], target = []] = golden.graph.edgeIndex;
  return messages(
    golden.graph.numNodes,
    source.map((from, at) => [from, target[at] as number]),
    true,
  );
};

const kiteMessages = (): MessageGraph => messages(4, KITE_EDGES, false);

const upload = (graph: MessageGraph): SparseTensors =>
  uploadSparse(symmetricNormalisation(graph), { isSymmetric: graph.isSymmetric });

function denseInput(graph: MessageGraph, x: readonly (readonly number[])[]): GraphInput {
  const width = x[0]?.length ?? 0;
  const features: FeatureMatrix = {
    numNodes: x.length,
    sparse: null,
    dense: Float32Array.from(x.flat()),
    denseWidth: width,
    width,
    names: [],
  };
  return createGraphInput(features, graph);
}

/** The same numbers as stored entries, zeros left out. */
function sparseInput(graph: MessageGraph, x: readonly (readonly number[])[]): GraphInput {
  const cols = x[0]?.length ?? 0;
  const kept = x.map((row) => row.flatMap((value, col) => (value === 0 ? [] : [{ value, col }])));
  const rowPtr = new Int32Array(x.length + 1);
  kept.forEach((row, at) => {
    rowPtr[at + 1] = (rowPtr[at] as number) + row.length;
  });
  const sparse = {
    rows: x.length,
    cols,
    rowPtr,
    colIndex: Int32Array.from(kept.flat(), ({ col }) => col),
    values: Float32Array.from(kept.flat(), ({ value }) => value),
  };
  const features: FeatureMatrix = {
    numNodes: x.length,
    sparse,
    dense: null,
    denseWidth: 0,
    width: cols,
    names: [],
  };
  return createGraphInput(features, graph);
}

const transposed = (matrix: readonly (readonly number[])[]): number[][] =>
  (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] as number));

/** Gradient of Σ output · probe with respect to x. */
async function gradientOfX(
  f: (x: Tensor2D) => Tensor2D,
  x: number[][],
  probe: readonly (readonly number[])[],
): Promise<ArrayLike<number>> {
  const weights = tensor2d(probe.map((row) => [...row]));
  return grad((input: Tensor) => sum(mul(f(input as Tensor2D), weights)) as Scalar)(tensor2d(x)).data();
}

describe.each<BackendName>(['cpu', 'wasm'])('propagating layers on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it('APPNP equals PyG 2.5.3, output and gradient, on a directed graph', async () => {
    const { output, probe, gradX } = golden.cases.appnp;
    const matrix = upload(goldenMessages());
    const options = { steps: 10, alpha: 0.1, edgeDropout: 0, keys: [] };
    const f = (x: Tensor2D): Tensor2D => personalisedPageRank(matrix, x, options);
    expectClose(await f(tensor2d(golden.graph.x)).data(), output.flat(), 1e-5);
    expectClose(await gradientOfX(f, golden.graph.x, probe), gradX.flat(), 1e-4);
    matrix.dispose();
  });

  it('APPNP on KITE: 2 steps, 10 steps, and towards the exact solution', async () => {
    const matrix = upload(kiteMessages());
    const propagated = (steps: number): Promise<ArrayLike<number>> =>
      personalisedPageRank(matrix, tensor2d(KITE_X), { steps, alpha: 0.1, edgeDropout: 0, keys: [] }).data();
    const two = [0.783163, 0.435152, 0.683163, 0.535152, 1.142904, 0.403094, 1.226774, -0.119476];
    expectClose(await propagated(2), two, 2e-6);
    expectClose(Array.from(await propagated(10)).slice(0, 2), [0.893868, 0.349903], 2e-6);
    const exact = Array.from(await propagated(200));
    expectClose([...exact.slice(0, 2), ...exact.slice(6)], [0.894367, 0.349505, 1.004394, 0.06269], 2e-6);
    expectClose(await propagated(0), KITE_X.flat(), 0);
    matrix.dispose();
  });

  it('APPNP with dropped messages: the gradient uses the masks of the forward pass', async () => {
    const matrix = upload(kiteMessages());
    const options = { steps: 4, alpha: 0.2, edgeDropout: 0.4, keys: [11, 12, 13, 14] };
    const f = (x: Tensor2D): Tensor2D => personalisedPageRank(matrix, x, options);
    const probe = [
      [1, -2],
      [0.5, 3],
      [-1, 1],
      [2, 0.3],
    ];
    // f is linear, so ⟨f(x), probe⟩ = ⟨x, gradient⟩ holds to rounding; each mask differs, so a wrong order would show.
    const gradient = Array.from(await gradientOfX(f, KITE_X, probe));
    const value = (await sum(mul(f(tensor2d(KITE_X)), tensor2d(probe))).data())[0] as number;
    const expected = gradient.reduce((total, g, at) => total + g * (KITE_X.flat()[at] as number), 0);
    expect(value).toBeCloseTo(expected, 4);
    const same = await f(tensor2d(KITE_X)).data();
    expectClose(await f(tensor2d(KITE_X)).data(), same, 0);
    const plain = personalisedPageRank(matrix, tensor2d(KITE_X), { ...options, keys: [] });
    expect([...(await plain.data())]).not.toEqual([...same]);
    matrix.dispose();
  });

  it('GCNII equals PyG 2.5.3, output and gradients, on a directed graph', async () => {
    const { parameters, output, probe, gradX, gradParameters } = golden.cases.gcnii;
    const matrix = upload(goldenMessages());
    const store = createParameterStore();
    const options = { channels: 5, layer: 3, alpha: 0.1, theta: 0.5 };
    const layer = createGcn2Conv(createLayerContext(store, 0, 0), 'conv3', options);
    const weight = store.all[0]?.value;
    weight?.assign(tensor2d(parameters.weight1));
    const reference = initialReference(tensor2d(golden.graph.x0), 0.1);
    const f = (x: Tensor2D): Tensor2D => layer.forward({ symmetric: () => matrix }, x, reference);
    expectClose(await f(tensor2d(golden.graph.x)).data(), output.flat(), 1e-5);
    expectClose(await gradientOfX(f, golden.graph.x, probe), gradX.flat(), 1e-4);
    const { grads } = variableGrads(() => sum(mul(f(tensor2d(golden.graph.x)), tensor2d(probe))) as Scalar);
    expectClose(await (grads[weight?.name ?? ''] as Tensor).data(), gradParameters.weight1.flat(), 1e-4);
    matrix.dispose();
    layer.dispose();
    store.dispose();
  });

  it('GCNII on KITE: one layer, and the gradient of the initial layer', async () => {
    const matrix = upload(kiteMessages());
    const store = createParameterStore();
    const options = { channels: 2, layer: 1, alpha: 0.1, theta: 0.5 };
    const layer = createGcn2Conv(createLayerContext(store, 0, 0), 'conv1', options);
    store.all[0]?.value.assign(tensor2d(KITE_W));
    const f = (x: Tensor2D, initial: Tensor2D): Tensor2D =>
      layer.forward({ symmetric: () => matrix }, x, initialReference(initial, 0.1));
    const expected = [0.57144, 0.343359, 0.499822, 0.431196, 0.995246, 0.053202, 1.111886, -0.347918];
    const x = tensor2d(KITE_X);
    expectClose(await f(x, x).data(), expected, 2e-6);
    // Linear in H0 with x = 0: ⟨f(0, H0), probe⟩ = ⟨H0, gradient⟩.
    const probe = KITE_X.map(([a = 0, b = 0]) => [b + 0.5, a - 0.25]);
    const nothing = tensor2d(KITE_X.map(() => [0, 0]));
    const gradient = await gradientOfX((initial) => f(nothing, initial), KITE_X, probe);
    const value = (await sum(mul(f(nothing, x), tensor2d(probe))).data())[0] as number;
    const total = Array.from(gradient).reduce((all, g, at) => all + g * (KITE_X.flat()[at] as number), 0);
    expect(value).toBeCloseTo(total, 5);
    matrix.dispose();
    layer.dispose();
    store.dispose();
  });

  it.each([
    ['a dense block, propagated ahead', denseInput],
    ['a sparse block', sparseInput],
  ] as const)('SGC equals PyG 2.5.3, output and gradients, with %s', async (_, inputOf) => {
    const { parameters, output, probe, gradParameters } = golden.cases['sgc-3'];
    const input = inputOf(goldenMessages(), golden.graph.x);
    const store = createParameterStore();
    const context = createLayerContext(store, 0, 0);
    const projection = createProjection(context, 'linear', input.features().shape, 4);
    const addBias = createBias(context, 'linear', 4);
    store.all[0]?.value.assign(tensor2d(transposed(parameters['lin.weight'])));
    store.all[1]?.value.assign(tensor1d(parameters['lin.bias']));
    const cache = createPropagationCache([input], [3]);
    const forward = (): Tensor2D => {
      const [features] = cache.of(input);
      return addBias((features as PropagatedFeatures).project(projection));
    };
    expectClose(await forward().data(), output.flat(), 1e-5);
    const { grads } = variableGrads(() => sum(mul(forward(), tensor2d(probe))) as Scalar);
    const [weight, bias] = store.all.map(({ value }) => grads[value.name] as Tensor);
    expectClose(await (weight as Tensor).data(), transposed(gradParameters['lin.weight']).flat(), 1e-4);
    expectClose(await (bias as Tensor).data(), gradParameters['lin.bias'], 1e-4);
    cache.dispose();
    store.dispose();
    input.dispose();
  });

  it('S²X on KITE, whichever way the product is taken; nothing stays behind', async () => {
    const expected = [0.774299, 0.468112, 0.774299, 0.468112, 1.149116, 0.35362, 1.117227, -0.007773];
    for (const inputOf of [denseInput, sparseInput]) {
      const before = memory().numTensors;
      const input = inputOf(kiteMessages(), KITE_X);
      const store = createParameterStore();
      const projection = createProjection(
        createLayerContext(store, 0, 0),
        'linear',
        input.features().shape,
        2,
      );
      const identity = tensor2d([
        [1, 0],
        [0, 1],
      ]);
      store.all[0]?.value.assign(identity);
      identity.dispose();
      const cache = createPropagationCache([input], [0, 2]);
      const project = (at: number): Tensor2D =>
        tidy(() => (cache.of(input)[at] as PropagatedFeatures).project(projection));
      const [own, twice] = [project(0), project(1)];
      expectClose(await own.data(), KITE_X.flat(), 1e-6);
      expectClose(await twice.data(), expected, 2e-6);
      own.dispose();
      twice.dispose();
      cache.dispose();
      store.dispose();
      input.dispose();
      expect(memory().numTensors).toBe(before);
    }
  });

  it('an inductive run propagates over each of its graphs', async () => {
    const inputs = [
      sparseInput(kiteMessages(), KITE_X),
      sparseInput(messages(4, [], false), KITE_X),
    ] as const;
    const store = createParameterStore();
    const context = createLayerContext(store, 0, 0);
    const projection = createProjection(context, 'linear', inputs[0].features().shape, 2);
    store.all[0]?.value.assign(
      tensor2d([
        [1, 0],
        [0, 1],
      ]),
    );
    const cache = createPropagationCache(inputs, [2]);
    const [mixed, alone] = inputs.map((input) =>
      (cache.of(input)[0] as PropagatedFeatures).project(projection),
    ) as [Tensor2D, Tensor2D];
    expectClose(Array.from(await mixed.data()).slice(0, 2), [0.774299, 0.468112], 2e-6);
    // Without edges S = I.
    expectClose(await alone.data(), KITE_X.flat(), 1e-6);
    cache.dispose();
    store.dispose();
    for (const input of inputs) input.dispose();
  });
});

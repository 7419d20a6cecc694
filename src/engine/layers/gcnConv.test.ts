import {
  grad,
  mul,
  sum,
  tensor1d,
  tensor2d,
  type Scalar,
  type Tensor2D,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { buildMessageGraph } from '../../core/messageGraph.ts';
import { symmetricNormalisation } from '../../core/transforms/symmetricNormalisation.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { startBackend } from '../backend.ts';
import { uploadSparse } from '../kernels/sparseTensors.ts';
import { createParameterStore, type ParameterStore } from '../parameterStore.ts';
import type { BackendName } from '../runTypes.ts';
import golden from './__golden__/gcnConv.json';
import { createGcnConv } from './gcnConv.ts';

const { graph: goldenGraph, cases } = golden;

function propagation(withWeights: boolean) {
  const [source = [], target = []] = goldenGraph.edgeIndex;
  const weights = Float64Array.from(goldenGraph.edgeWeight);
  const graph = buildGraph({
    name: 'golden',
    nodeTables: [{ type: 'node', columns: [], count: goldenGraph.numNodes }],
    nodeIds: utf8Table(Array.from({ length: goldenGraph.numNodes }, (_, node) => String(node))),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: true }],
    source: Int32Array.from(source),
    target: Int32Array.from(target),
    edgeType: null,
    edgeColumns: [{ kind: 'f64', name: 'w', length: weights.length, validity: null, values: weights }],
  });
  const messages = buildMessageGraph(graph, {
    flow: 'forward',
    ...(withWeights ? { weightColumn: 'w' } : {}),
  });
  return symmetricNormalisation(messages);
}

function setParameters(store: ParameterStore, weightOutIn: number[][], bias: number[]): void {
  const weight = (weightOutIn[0] ?? []).map((_, column) => weightOutIn.map((row) => row[column] ?? 0));
  store.all[0]?.value.assign(tensor2d(weight));
  store.all[1]?.value.assign(tensor1d(bias));
}

function expectClose(actual: ArrayLike<number>, expected: number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  expected.forEach((value, index) =>
    expect(Math.abs((actual[index] ?? Number.NaN) - value) / scale).toBeLessThan(tolerance),
  );
}

describe.each<BackendName>(['cpu', 'wasm'])('gcnConv on %s equals PyG 2.5.3', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, nodeEngineHost(), { threads: 1 });
  });

  it.each(cases.map((testCase) => [testCase.name, testCase] as const))(
    '%s: output and gradients',
    async (name, testCase) => {
      const matrix = uploadSparse(propagation(name === 'gcn-weighted'));
      const store = createParameterStore();
      const layer = createGcnConv({ store, seed: 0 }, 'conv', 5, 4, true);
      const { bias, 'lin.weight': weight } = testCase.parameters as unknown as {
        bias: number[];
        'lin.weight': number[][];
      };
      setParameters(store, weight, bias);
      const x = tensor2d(goldenGraph.x);
      const output = layer.forward(matrix, x);
      expectClose(await output.data(), testCase.output.flat(), 1e-5);

      const probe = tensor2d(testCase.probe);
      const [weightVariable, biasVariable] = store.all.map((parameter) => parameter.value);
      const probed = (input: Tensor2D): Scalar => sum(mul(layer.forward(matrix, input), probe));
      expectClose(await grad((input) => probed(input as Tensor2D))(x).data(), testCase.gradX.flat(), 1e-4);
      const { grads: parameterGradients } = variableGrads(() => probed(x));
      const expected = testCase.gradParameters as unknown as { bias: number[]; 'lin.weight': number[][] };
      const transposed = (expected['lin.weight'][0] ?? []).flatMap((_, column) =>
        expected['lin.weight'].map((row) => row[column] ?? 0),
      );
      expectClose(
        await (parameterGradients[weightVariable?.name ?? ''] as Tensor2D).data(),
        transposed,
        1e-4,
      );
      expectClose(
        await (parameterGradients[biasVariable?.name ?? ''] as Tensor2D).data(),
        expected.bias,
        1e-4,
      );
      matrix.dispose();
      store.dispose();
    },
  );
});

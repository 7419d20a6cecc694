import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import { type Bitset, bitsetIndices } from '../../core/bitset.ts';
import { typedBlockGraphInput } from '../../core/generators/typedBlockGraph.ts';
import {
  TYPED_BLOCK_DEFAULTS,
  type TypedBlockModel,
  typedBlockModel,
} from '../../core/generators/typedBlockModel.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { buildMessageGraph } from '../../core/messageGraph.ts';
import { resolveValues } from '../../core/parameters.ts';
import { startBackend } from '../backend.ts';
import { encodeFeatures } from '../features/encodeFeatures.ts';
import { createGraphInput } from '../graphInput.ts';
import { createMaskedCrossEntropy } from '../losses/maskedCrossEntropy.ts';
import { rgcn } from './rgcn.ts';

const EPOCHS = 60;
const SEEDS = [0, 1, 2, 3, 4];

/** Share of the nodes in `part` whose largest output is their class. */
function accuracyOf(output: Float32Array, { codes }: TypedBlockModel, part: Bitset): number {
  const nodes = [...bitsetIndices(part)];
  const numOutputs = 2;
  const hits = nodes.filter((node) => {
    const isSecond = (output[node * numOutputs + 1] as number) > (output[node * numOutputs] as number);
    return codes[node] === Number(isSecond);
  });
  return hits.length / nodes.length;
}

/** Trains on a graph in which one relation joins equal classes and the other different ones. */
async function testAccuracy(seed: number, useEdgeTypes: boolean): Promise<number> {
  const model = typedBlockModel({ ...TYPED_BLOCK_DEFAULTS, numNodes: 600, seed });
  const tables = typedBlockGraphInput(model);
  const graph = buildGraph(tables);
  const { train, test } = model.split;
  const columns = tables.nodeTables[0]?.columns.filter(({ name }) => name === 'x') ?? [];
  const features = encodeFeatures([{ columns, offset: 0, count: model.numNodes }], model.numNodes, train);
  const input = createGraphInput(features, buildMessageGraph(graph, { flow: 'both' }));
  const network = rgcn.create({
    training: input,
    evaluation: input,
    supervision: {
      kind: 'classes',
      numOutputs: 2,
      codes: model.codes,
      targets: null,
      train,
      objective: () => createMaskedCrossEntropy(model.codes, train, 2),
    },
    batches: () => null,
    seed,
    values: resolveValues(rgcn.parameters, { useEdgeTypes }),
    breathe: () => Promise.resolve(),
  });
  for (let epoch = 1; epoch <= EPOCHS; epoch++) await network.step(epoch, 0.01);
  const { output } = await network.predict(false);
  network.dispose();
  input.dispose();
  return accuracyOf(output as Float32Array, model, test);
}

describe('R-GCN on two relations of opposite homophily', () => {
  beforeAll(async () => {
    await startBackend('wasm', nodeEngineHost(), { threads: 1 });
  });

  it.each(SEEDS)('gains at least 10 points by telling the relations apart, seed %i', async (seed) => {
    const typed = await testAccuracy(seed, true);
    const untyped = await testAccuracy(seed, false);
    expect(typed - untyped, `${typed} with types, ${untyped} without`).toBeGreaterThanOrEqual(0.1);
    expect(typed).toBeGreaterThan(0.85);
  });
});

import { memory, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../cli/engineHost.ts';
import type { MessageBlock } from '../../core/messageGraph.ts';
import { startBackend } from '../backend.ts';
import type { FeatureMatrix } from '../features/featureTypes.ts';
import { createGraphTensors, type LayerInput, uploadFeatures } from '../graphInput.ts';
import { createParameterStore } from '../parameterStore.ts';
import { createGatConv } from './gatConv.ts';
import { createGatv2Conv } from './gatv2Conv.ts';
import { createGinConv } from './ginConv.ts';
import { type Forward, INFERENCE } from './goldenCases.ts';
import { KITE } from './kiteCases.ts';
import { createLayerContext, type LayerContext } from './layerContext.ts';
import { createRgcnConv } from './rgcnConv.ts';
import { createSageConv } from './sageConv.ts';

/** Nodes 2 and 3 of KITE as receivers, with all their neighbours: senders are nodes 2, 3, 0, 1. */
const SENDERS = [2, 3, 0, 1] as const;
const RELATIONS = Int32Array.of(0, 1, 0, 1);
const BLOCK: MessageBlock = {
  numReceivers: 2,
  numSenders: 4,
  numArcs: 4,
  rowPtr: Int32Array.of(0, 3, 4),
  colIndex: Int32Array.of(2, 3, 1, 0),
  relation: RELATIONS,
  numRelations: 2,
  weight: null,
};

/** The whole of KITE, the arcs into 2 and 3 of the same relations as in the block. */
function wholeGraph(): MessageBlock {
  const whole = KITE.messages();
  const relation = new Int32Array(whole.numArcs);
  relation.set(RELATIONS, whole.rowPtr[2] as number);
  return { ...whole, relation, numRelations: 2 };
}

type Create = (context: LayerContext, input: number | { sparse: number; dense: number }) => Forward;

const ATTENTION = {
  heads: 2,
  headChannels: 3,
  averagesHeads: false,
  attentionDropout: 0.5,
  negativeSlope: 0.2,
};

const LAYERS: readonly (readonly [string, Create])[] = [
  ['sageConv, mean', (c, input) => createSageConv(c, 'conv', input, 3, { aggregation: 'mean' }).forward],
  ['sageConv, pool', (c, input) => createSageConv(c, 'conv', input, 3, { aggregation: 'pool' }).forward],
  ['gatConv', (c, input) => createGatConv(c, 'conv', input, ATTENTION).forward],
  ['gatv2Conv', (c, input) => createGatv2Conv(c, 'conv', input, ATTENTION).forward],
  [
    'ginConv',
    (c, input) => createGinConv(c, 'conv', input, 3, { hiddenChannels: 4, normalisation: 'layer' }).forward,
  ],
  ['rgcnConv', (c, input) => createRgcnConv(c, 'conv', input, 3, { numRelations: 2, bases: 2 }).forward],
  [
    'rgcnConv, one basis',
    (c, input) => createRgcnConv(c, 'conv', input, 3, { numRelations: 2, bases: 1 }).forward,
  ],
];

function featuresOf(nodes: readonly number[]): FeatureMatrix {
  const rows = nodes.map((node) => KITE.x[node] as readonly number[]);
  return {
    numNodes: nodes.length,
    sparse: {
      rows: nodes.length,
      cols: 1,
      rowPtr: Int32Array.from({ length: nodes.length + 1 }, (_, row) => row),
      colIndex: new Int32Array(nodes.length),
      values: Float32Array.from(rows, (row) => row[0] as number),
    },
    dense: Float32Array.from(rows, (row) => row[1] as number),
    denseWidth: 1,
    width: 2,
    names: [],
  };
}

async function outputOn(
  block: MessageBlock,
  nodes: readonly number[],
  create: Create,
  usesFeatures: boolean,
): Promise<number[][]> {
  const store = createParameterStore();
  const forward = create(createLayerContext(store, 5, 0), usesFeatures ? { sparse: 1, dense: 1 } : 2);
  const graph = createGraphTensors(block, false);
  const features = uploadFeatures(featuresOf(nodes));
  const output = tidy(() => {
    const x: LayerInput = usesFeatures
      ? features
      : (tensor2d(nodes.map((node) => [...(KITE.x[node] as readonly number[])])) as Tensor2D);
    return forward(graph, x, INFERENCE);
  });
  const rows = (await output.array()) as number[][];
  for (const owned of [output, graph, features, store]) owned.dispose();
  return rows;
}

describe('layers on a sampled block', () => {
  beforeAll(async () => {
    await startBackend('wasm', nodeEngineHost(), { threads: 1 });
  });

  it.each(LAYERS)('%s gives its receivers what the whole graph gives them', async (_, create) => {
    const before = memory().numTensors;
    for (const usesFeatures of [false, true]) {
      const whole = await outputOn(wholeGraph(), [0, 1, 2, 3], create, usesFeatures);
      const block = await outputOn(BLOCK, SENDERS, create, usesFeatures);
      expect(block).toHaveLength(2);
      block.forEach((row, at) =>
        row.forEach((value, column) => expect(value).toBeCloseTo(whole[at + 2]?.[column] as number, 6)),
      );
    }
    expect(memory().numTensors).toBe(before);
  });
});

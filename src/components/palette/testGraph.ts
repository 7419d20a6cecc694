/** A graph small enough to check by hand, for the tests of this folder and of the views. */
import { bitsetOf } from '../../core/bitset.ts';
import type { Graph } from '../../core/graph.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import type { RunDescription } from '../../engine/runTypes.ts';
import type { RunSlice, SetupSlice } from '../../state/types.ts';

/**
 * Six papers and two authors. `topic` (last paper unlabelled), `split`, `year`, integer `stars`; a triangle 0–1–2, a
 * directed edge 2 → 3, and `wrote` from author 6 to paper 4 and from 7 to 5.
 */
export function testGraph(): Graph {
  const validity = bitsetOf(6, [0, 1, 2, 3, 4]);
  const paper = { length: 6, validity: null };
  return buildGraph({
    name: 'papers',
    nodeTables: [
      {
        type: 'paper',
        count: 6,
        columns: [
          {
            ...paper,
            kind: 'category',
            name: 'topic',
            validity,
            codes: Int32Array.of(0, 1, 1, 0, 2, 0),
            dictionary: ['art', 'biology', 'chess'],
          },
          {
            ...paper,
            kind: 'category',
            name: 'split',
            codes: Int32Array.of(0, 0, 1, 2, 2, 3),
            dictionary: ['train', 'val', 'test', 'none'],
          },
          {
            ...paper,
            kind: 'f32',
            name: 'year',
            values: Float32Array.of(2000, 2010, 2020, 2005, 2015, 2000),
          },
          { ...paper, kind: 'i32', name: 'stars', values: Int32Array.of(3, 1, 3, 2, 1, 1) },
          {
            ...paper,
            kind: 'text',
            name: 'title',
            text: utf8Table(['Ähre', 'Beta', 'Gamma', 'Delta', '', 'Zeta']),
          },
        ],
      },
      { type: 'author', count: 2, columns: [] },
    ],
    nodeIds: utf8Table(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'a0', 'P10']),
    edgeTypes: [
      { relation: 'near', sourceType: 0, targetType: 0, directed: false },
      { relation: 'cites', sourceType: 0, targetType: 0, directed: true },
      { relation: 'wrote', sourceType: 1, targetType: 0, directed: true },
    ],
    source: Int32Array.of(0, 1, 2, 2, 6, 7),
    target: Int32Array.of(1, 2, 0, 3, 4, 5),
    edgeType: Int32Array.of(0, 0, 0, 1, 2, 2),
    edgeColumns: [],
  });
}

export const testSetup: SetupSlice = {
  task: 'node-classification',
  nodeType: 'paper',
  target: 'topic',
  model: 'gcn',
  preset: 'defaults',
  split: 'public',
  features: 'auto',
  edgeWeight: null,
  seed: 0,
  parameters: {},
};

/** A run over the six papers whose classes come in another order than the column's. */
export function testRun(graph: Graph, codes: readonly number[], confidence: readonly number[]): RunSlice {
  const description: RunDescription = {
    config: {
      task: 'node-classification',
      nodeType: 'paper',
      target: 'topic',
      model: 'gcn',
      seed: 0,
      split: 'public',
      features: 'auto',
      edgeWeight: null,
      parameters: {},
    },
    graphVersion: graph.version,
    taskName: 'Predict label',
    modelName: 'GCN',
    backend: 'cpu',
    outputKind: 'classes',
    valueRange: null,
    classes: ['chess', 'art', 'biology'],
    nodeRange: [0, 6],
    splitName: 'public',
    counts: { train: 2, val: 1, test: 2 },
    featureWidth: 0,
    features: [],
    leftOut: [],
    warnings: [],
    numParameters: 0,
    epochs: 10,
    memoryEstimateBytes: 0,
    batching: { kind: 'full', reason: '' },
  };
  return {
    status: { kind: 'running', epoch: 1, stage: 'training' },
    description,
    curves: {
      length: 0,
      epoch: new Float64Array(0),
      loss: new Float64Array(0),
      valLoss: new Float64Array(0),
      trainScore: new Float64Array(0),
      valScore: new Float64Array(0),
    },
    lastEpoch: null,
    snapshot: {
      epoch: 1,
      codes: Uint16Array.from(codes),
      confidence: Uint8Array.from(confidence),
      coordinates: null,
      explained: null,
    },
    result: null,
    learningRate: null,
    baseLearningRate: null,
    recipe: null,
  };
}

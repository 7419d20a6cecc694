/** A small engine menu and graph for the tests of this folder: two tasks, three models, a preset, batches. */
import type { Graph } from '../core/graph.ts';
import { buildGraph } from '../core/graphBuilder.ts';
import type { NumberSpec, ParameterSpec } from '../core/parameters.ts';
import { utf8Table } from '../core/utf8Table.ts';
import type { EngineCatalogue, ModelEntry } from '../engine/runTypes.ts';

export const whole = (id: string, value: number, max = 1000): NumberSpec => ({
  kind: 'integer',
  id,
  name: id,
  help: '',
  min: 0,
  max,
  step: 1,
  default: value,
});

const batching: ParameterSpec = {
  kind: 'choice',
  id: 'batching',
  name: 'Batches',
  help: '',
  options: ['auto', 'full', 'neighbours', 'clusters'].map((id) => ({ id, name: id })),
  default: 'auto',
};

const model = (id: string, parameters: readonly ParameterSpec[], rest: Partial<ModelEntry>): ModelEntry => ({
  id,
  name: id.toUpperCase(),
  family: 'gnn',
  summary: '',
  source: '',
  tasks: ['node-classification', 'node-regression'],
  parameters,
  presets: [],
  uses: { structure: true, features: true },
  outputs: ['classes', 'labels', 'value'],
  batching: [],
  ...rest,
});

const taskOf = (id: string, defaultModel: string, own: ParameterSpec) => ({
  id,
  name: id,
  summary: '',
  needsTarget: true,
  defaultModel,
  headline: '',
  parameters: [own, whole('buckets', 0), batching, whole('fanOut', 10)],
});

export const testEngine: EngineCatalogue = {
  tasks: [
    taskOf('node-classification', 'gcn', whole('focal', 0)),
    taskOf('node-regression', 'sage', whole('loss', 0)),
  ],
  models: [
    model('gcn', [whole('epochs', 200), whole('hidden', 16)], {
      batching: ['clusters'],
      presets: [
        {
          id: 'paper',
          name: 'As in the paper',
          summary: '',
          parameters: { hidden: 64, buckets: 8, absent: 1 },
        },
      ],
    }),
    model('sage', [whole('epochs', 100), whole('hidden', 32, 128)], {
      batching: ['neighbours', 'clusters'],
    }),
    model('majority', [], { outputs: ['classes'], family: 'baseline' }),
  ],
  metrics: [],
  featureParameters: ['buckets'],
  batchParameters: ['batching', 'fanOut'],
};

/** Papers with two classes, a price, two yes/no columns; authors with a price only. */
export function testTables(): Graph {
  const paper = { length: 4, validity: null };
  const codes = Int32Array.of(0, 1, 0, 1);
  return buildGraph({
    name: 'papers',
    nodeTables: [
      {
        type: 'paper',
        count: 4,
        columns: [
          { ...paper, kind: 'category', name: 'topic', codes, dictionary: ['a', 'b'] },
          { ...paper, kind: 'f32', name: 'price', values: Float32Array.of(1, 2, 3, 4) },
          { ...paper, kind: 'bool', name: 'open', values: Uint8Array.of(0, 1, 1, 0) },
          { ...paper, kind: 'bool', name: 'cited', values: Uint8Array.of(1, 1, 0, 0) },
        ],
      },
      {
        type: 'author',
        count: 2,
        columns: [{ kind: 'f32', name: 'height', length: 2, validity: null, values: Float32Array.of(1, 2) }],
      },
    ],
    nodeIds: utf8Table(['1', '2', '3', '4', '5', '6']),
    edgeTypes: [{ relation: '', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.of(0),
    target: Int32Array.of(1),
    edgeType: null,
    edgeColumns: [],
  });
}

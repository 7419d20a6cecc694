/** A small graph with a label, runs on it, and what they said. Tests only. */
import type { CategoryColumn, Column } from '../../core/columns.ts';
import type { Graph } from '../../core/graph.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { randomSequence, STREAM } from '../../core/random.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import type { RunConfig, RunEvent, RunResult } from '../runTypes.ts';
import { createRunControl } from './runControl.ts';
import { trainRun, type TrainRunOptions } from './trainRun.ts';

export const category = (
  name: string,
  cells: readonly string[],
  dictionary: readonly string[],
): CategoryColumn => ({
  kind: 'category',
  name,
  length: cells.length,
  validity: null,
  codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell)),
  dictionary,
});

/** Two blocks of 20 nodes, mostly linked inside; one noisy numeric feature. */
export function blocks(
  extra: readonly Column[] = [],
  labelOf = (node: number) => (node < 20 ? 'a' : 'b'),
): Graph {
  const random = randomSequence(5, STREAM.generator);
  const source: number[] = [];
  const target: number[] = [];
  for (let u = 0; u < 40; u++) {
    for (let v = u + 1; v < 40; v++) {
      if (random.uniform() < (u < 20 === v < 20 ? 0.25 : 0.02)) {
        source.push(u);
        target.push(v);
      }
    }
  }
  const nodes = Array.from({ length: 40 }, (_, node) => node);
  const signal = Float32Array.from(nodes, (node) => (node < 20 ? 0.5 : -0.5) + random.normal());
  const parts = nodes.map((node) => ['train', 'val', 'test', 'test'][node % 4] ?? 'none');
  return buildGraph({
    name: 'blocks',
    nodeTables: [
      {
        type: 'node',
        count: 40,
        columns: [
          category('label', nodes.map(labelOf), ['a', 'b']),
          category('split', parts, ['train', 'val', 'test']),
          { kind: 'f32', name: 'signal', length: 40, validity: null, values: signal },
          ...extra,
        ],
      },
    ],
    nodeIds: utf8Table(nodes.map(String)),
    edgeTypes: [{ relation: 'edge', sourceType: 0, targetType: 0, directed: false }],
    source: Int32Array.from(source),
    target: Int32Array.from(target),
    edgeType: null,
    edgeColumns: [],
  });
}

export const config = (overrides: Partial<RunConfig> = {}): RunConfig => ({
  task: 'node-classification',
  nodeType: null,
  target: null,
  model: 'gcn',
  seed: 0,
  split: 'auto',
  features: 'auto',
  edgeWeight: null,
  parameters: { epochs: 30 },
  ...overrides,
});

export async function collect(
  graph: Graph,
  runConfig: RunConfig,
  options: Partial<TrainRunOptions> = {},
): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const control = createRunControl();
  for await (const event of trainRun(graph, runConfig, {
    control,
    backend: 'test',
    snapshotIntervalMs: null,
    ...options,
  })) {
    events.push(event);
  }
  return events;
}

export const losses = (events: readonly RunEvent[]): number[] =>
  events.flatMap((event) => (event.kind === 'epoch' ? [event.loss] : []));

export function resultOf(events: readonly RunEvent[]): RunResult {
  const last = events.at(-1);
  if (last?.kind !== 'finished') throw new Error(`the run ended with ${last?.kind}`);
  return last.result;
}

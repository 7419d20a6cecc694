/**
 * The same seed gives the same curve twice on every backend that this browser starts, and nearly the same on all of them.
 * WASM is held to it in Node, bit for bit at any number of threads (trainRun.test.ts).
 */
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../core/graph.ts';
import { buildGraph } from '../../core/graphBuilder.ts';
import { randomSequence, STREAM } from '../../core/random.ts';
import { utf8Table } from '../../core/utf8Table.ts';
import { startBackend, TEST_BACKENDS, takeDeviceErrors } from '../kernels/testBackend.ts';
import type { RunConfig } from '../runTypes.ts';
import { category, collect, config, losses, resultOf } from './testBlocks.ts';

const PAPERS = 40;
const AUTHORS = 12;
const CITATIONS = 90;
const EPOCHS = 5;

/** Papers of two fields with words and a number, authors with a number; citations and authorship are two relations. */
function typedGraph(): Graph {
  const random = randomSequence(8, STREAM.generator);
  const papers = Array.from({ length: PAPERS }, (_, paper) => paper);
  const numbers = (length: number) => Float32Array.from({ length }, () => random.normal());
  const pairs = [
    ...Array.from({ length: CITATIONS }, () => [random.below(PAPERS), random.below(PAPERS)] as const),
    ...papers.map((paper) => [PAPERS + random.below(AUTHORS), paper] as const),
  ];
  return buildGraph({
    name: 'papers',
    nodeTables: [
      {
        type: 'paper',
        count: PAPERS,
        columns: [
          category(
            'field',
            papers.map((paper) => (paper % 2 === 0 ? 'a' : 'b')),
            ['a', 'b'],
          ),
          category(
            'split',
            papers.map((paper) => ['train', 'train', 'val', 'test'][(paper >> 1) % 4] as string),
            ['train', 'val', 'test'],
          ),
          category(
            'journal',
            papers.map(() => `journal ${random.below(6)}`),
            Array.from({ length: 6 }, (_, journal) => `journal ${journal}`),
          ),
          { kind: 'f32', name: 'length', length: PAPERS, validity: null, values: numbers(PAPERS) },
        ],
      },
      {
        type: 'author',
        count: AUTHORS,
        columns: [{ kind: 'f32', name: 'age', length: AUTHORS, validity: null, values: numbers(AUTHORS) }],
      },
    ],
    nodeIds: utf8Table(Array.from({ length: PAPERS + AUTHORS }, (_, node) => String(node))),
    edgeTypes: [
      { relation: 'cites', sourceType: 0, targetType: 0, directed: true },
      { relation: 'writes', sourceType: 1, targetType: 0, directed: true },
    ],
    source: Int32Array.from(pairs, ([source]) => source),
    target: Int32Array.from(pairs, ([, target]) => target),
    edgeType: Int32Array.from(pairs, (_, edge) => (edge < CITATIONS ? 0 : 1)),
    edgeColumns: [],
  });
}

const RUNS: readonly (readonly [name: string, model: string, parameters: RunConfig['parameters']])[] = [
  ['GCN', 'gcn', {}],
  ['GraphSAGE', 'sage', {}],
  ['GraphSAGE on sampled neighbours', 'sage', { batching: 'neighbours', batchSize: 16, fanOut: 3 }],
  ['GAT', 'gat', {}],
  ['R-GCN', 'rgcn', {}],
];

/** Losses of one run and its predictions. */
async function curve(model: string, parameters: RunConfig['parameters']) {
  const events = await collect(
    typedGraph(),
    config({ model, nodeType: 'paper', target: 'field', parameters: { ...parameters, epochs: EPOCHS } }),
    { withBaselines: false },
  );
  return { losses: losses(events), scores: [...(resultOf(events).scores ?? [])] };
}

/** Of the first backend that ran each, which the others are held against. */
const first = new Map<string, number[]>();

for (const backend of TEST_BACKENDS) {
  const absent = await startBackend(backend);
  describe.skipIf(absent !== null)(
    `a seed's curve on ${backend}${absent === null ? '' : ` (absent: ${absent})`}`,
    () => {
      beforeAll(() => startBackend(backend));
      afterAll(async () => expect(await takeDeviceErrors(backend)).toEqual([]));

      it.each(RUNS)(
        'is the same twice, and near that of other backends: %s',
        async (name, model, parameters) => {
          const before = memory().numTensors;
          const once = await curve(model, parameters);
          expect(once.losses).toHaveLength(EPOCHS);
          expect(once.losses.every((loss) => Number.isFinite(loss) && loss > 0)).toBe(true);
          expect(once.scores.length).toBeGreaterThan(0);
          expect(await curve(model, parameters)).toEqual(once);
          expect(memory().numTensors).toBe(before);
          const others = first.get(name) ?? once.losses;
          first.set(name, others);
          once.losses.forEach((loss, epoch) => {
            const other = others[epoch] as number;
            expect(Math.abs(loss - other) / other, `epoch ${epoch + 1}: ${loss} and ${other}`).toBeLessThan(
              1e-4,
            );
          });
        },
      );
    },
  );
}

/** What a run says about the nodes, as columns beside the graph's own: every format that has columns can carry it. */
import { type Bitset, createBitset, setBit } from '../core/bitset.ts';
import type { CategoryColumn, Column, F32Column, TextColumn } from '../core/columns.ts';
import { createUtf8Builder } from '../core/utf8Table.ts';
import type { ExportInput } from './exporterTypes.ts';
import { type ExportRun, type NodePrediction, nodePredictions, PARTS, requireRun } from './runPredictions.ts';

/**
 * Returns the columns of each node type, in the order of the types; none without a run and for types it does not cover.
 * `prediction` is a number where the run predicts numbers, else text; `confidence` is there when the run has
 * probabilities of classes; `run_split` is train, val, test or none.
 * @throws {TaskError} the run is of another graph
 * O(nodes of the run).
 */
export function predictionColumns(input: ExportInput): readonly (readonly Column[])[] {
  const { graph } = input;
  if (input.run === null) return graph.nodeTypes.map(() => []);
  const run = requireRun(input, 'Predictions');
  const [first, last] = run.description.nodeRange;
  const items = nodePredictions(graph, run);
  let next = items.next();
  return graph.nodeTypes.map((_, type) => {
    const start = graph.nodeTypePtr[type] as number;
    const end = graph.nodeTypePtr[type + 1] as number;
    if (last <= start || first >= end) return [];
    const table = predictionTable(run, end - start);
    for (; next.done !== true && next.value.node < end; next = items.next()) {
      table.add(next.value, next.value.node - start);
    }
    return table.finish();
  });
}

interface PredictionTable {
  /** Rows come in ascending order. */
  add(item: NodePrediction, row: number): void;
  finish(): Column[];
}

function predictionTable(run: ExportRun, length: number): PredictionTable {
  const prediction =
    run.result.outputKind === 'value' ? numbersOf(run, length) : wordsOf('prediction', length);
  const confidence = floatColumn('confidence', length);
  const split = splitColumn(length);
  return {
    add(item, row) {
      prediction.add(item, row);
      if (item.confidence !== null) {
        confidence.values[row] = item.confidence;
        setBit(confidence.validity as Bitset, row);
      }
      split.codes[row] = PARTS.indexOf(item.split);
      setBit(split.validity as Bitset, row);
    },
    finish: () =>
      hasConfidence(run) ? [prediction.finish(), confidence, split] : [prediction.finish(), split],
  };
}

const hasConfidence = ({ result }: ExportRun): boolean =>
  result.scores !== null && result.outputKind !== 'value' && result.outputKind !== 'labels';

const floatColumn = (name: string, length: number): F32Column => ({
  kind: 'f32',
  name,
  length,
  validity: createBitset(length),
  values: new Float32Array(length),
});

const splitColumn = (length: number): CategoryColumn => ({
  kind: 'category',
  name: 'run_split',
  length,
  validity: createBitset(length),
  codes: new Int32Array(length),
  dictionary: PARTS,
});

interface PredictionColumn {
  add(item: NodePrediction, row: number): void;
  finish(): Column;
}

function numbersOf(run: ExportRun, length: number): PredictionColumn {
  const column = floatColumn('prediction', length);
  return {
    add(item, row) {
      const value = run.result.predictedValues?.[item.row] ?? Number.NaN;
      if (Number.isNaN(value)) return;
      column.values[row] = value;
      setBit(column.validity as Bitset, row);
    },
    finish: () => column,
  };
}

function wordsOf(name: string, length: number): PredictionColumn {
  const text = createUtf8Builder();
  const validity = createBitset(length);
  const padTo = (row: number): void => {
    while (text.length < row) text.push('');
  };
  return {
    add(item, row) {
      if (item.prediction === '') return;
      padTo(row);
      text.push(item.prediction);
      setBit(validity, row);
    },
    finish(): TextColumn {
      padTo(length);
      return { kind: 'text', name, length, validity, text: text.finish() };
    },
  };
}

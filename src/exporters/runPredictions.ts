/** What a finished run says about each node, row by row: shared by every export that writes predictions. */
import { TaskError } from '../core/errors.ts';
import { isNodeDeleted, numNodes } from '../core/graph.ts';
import { float32Text } from './cellValue.ts';
import type { ExportInput } from './exporterTypes.ts';

export interface NodePrediction {
  /** Global node index. */
  readonly node: number;
  /** Row in the arrays of the result. */
  readonly row: number;
  /** Class names, or numbers as text; '' = unlabelled or without a prediction. Several labels are joined by `;`. */
  readonly truth: string;
  readonly prediction: string;
  /** Probability of the predicted class in [0, 1]; null without probabilities. */
  readonly confidence: number | null;
  readonly split: 'none' | 'train' | 'val' | 'test';
  /** null where there is no truth or no prediction, and for numbers. */
  readonly isCorrect: boolean | null;
}

export const PARTS = ['none', 'train', 'val', 'test'] as const;

export type ExportRun = NonNullable<ExportInput['run']>;

/** Returns the run of the input. @throws {TaskError} there is none, or it covers nodes the graph does not have */
export function requireRun(input: ExportInput, what: string): ExportRun {
  const { graph, run } = input;
  if (run === null) {
    throw new TaskError(`${what} need a finished run.`, {
      code: 'export-needs-run',
      remedy: 'Train a model first.',
    });
  }
  const [start, end] = run.description.nodeRange;
  if (start < 0 || end > numNodes(graph) || run.result.parts.length !== end - start) {
    throw new TaskError(
      `The run covers nodes ${start} to ${end}, the graph '${graph.name}' has ${numNodes(graph)}.`,
      {
        code: 'export-other-graph',
        remedy: 'Export while the graph the run was trained on is open.',
        details: { start, end, numNodes: numNodes(graph), numParts: run.result.parts.length },
      },
    );
  }
  return run;
}

/** Yields one prediction per node of the run's range in index order, deleted nodes left out. Ties go to the first class. */
export function* nodePredictions(graph: ExportInput['graph'], run: ExportRun): Generator<NodePrediction> {
  const [start, end] = run.description.nodeRange;
  const answerOf = ANSWERS[run.result.outputKind] ?? classAnswer;
  for (let node = start; node < end; node++) {
    if (isNodeDeleted(graph, node)) continue;
    const row = node - start;
    const split = PARTS[run.result.parts[row] as number] ?? 'none';
    yield { node, row, split, ...answerOf(run, row) };
  }
}

type Answer = Pick<NodePrediction, 'truth' | 'prediction' | 'confidence' | 'isCorrect'>;

const ANSWERS: Readonly<Partial<Record<string, (run: ExportRun, row: number) => Answer>>> = {
  value: valueAnswer,
  labels: labelsAnswer,
};

function classAnswer({ description, result }: ExportRun, row: number): Answer {
  const { classes } = description;
  const { scores, truth } = result;
  const predicted = scores === null ? -1 : argmax(scores, row * classes.length, classes.length);
  const trueCode = truth === null ? -1 : (truth[row] as number);
  return {
    truth: classes[trueCode] ?? '',
    prediction: classes[predicted] ?? '',
    confidence: predicted < 0 ? null : (scores?.[row * classes.length + predicted] ?? null),
    isCorrect: predicted < 0 || trueCode < 0 ? null : predicted === trueCode,
  };
}

function valueAnswer({ result }: ExportRun, row: number): Answer {
  return {
    truth: numberText(result.trueValues?.[row]),
    prediction: numberText(result.predictedValues?.[row]),
    confidence: null,
    isCorrect: null,
  };
}

/** A label is given from even odds on; right when every known label of the node is. */
function labelsAnswer({ description, result }: ExportRun, row: number): Answer {
  const { classes } = description;
  const { scores, trueValues } = result;
  const first = row * classes.length;
  const isGiven = (label: number): boolean => (scores?.[first + label] as number) >= 0.5;
  const truthOf = (label: number): number => trueValues?.[first + label] ?? Number.NaN;
  const known = classes.flatMap((_, label) => (Number.isNaN(truthOf(label)) ? [] : [label]));
  return {
    truth: classes.filter((_, label) => truthOf(label) === 1).join(';'),
    prediction: scores === null ? '' : classes.filter((_, label) => isGiven(label)).join(';'),
    confidence: null,
    isCorrect:
      scores === null || known.length === 0
        ? null
        : known.every((label) => isGiven(label) === (truthOf(label) === 1)),
  };
}

/** '' for what is missing. */
export const numberText = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '' : float32Text(value);

function argmax(values: Float32Array, start: number, count: number): number {
  let best = -1;
  let bestValue = -Infinity;
  for (let at = 0; at < count; at++) {
    const value = values[start + at] as number;
    if (value > bestValue) {
      bestValue = value;
      best = at;
    }
  }
  return best;
}

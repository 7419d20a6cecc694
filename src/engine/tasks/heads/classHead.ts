/** One class of several per node: softmax cross-entropy, accuracy and its kin. */
import { hasBit } from '../../../core/bitset.ts';
import type { NodeSplit } from '../../../core/split.ts';
import { createMaskedCrossEntropy } from '../../losses/maskedCrossEntropy.ts';
import {
  argmaxRow,
  classificationMetrics,
  classReports,
  confusionMatrix,
  expectedCalibrationError,
  rowCrossEntropy,
  softmaxRows,
} from '../../metrics/classification.ts';
import { applyTemperature, fitTemperature } from '../../metrics/temperatureScaling.ts';
import { metricOf } from '../../metrics/index.ts';
import type { Metrics } from '../../runTypes.ts';
import { classificationVerdict } from '../classificationVerdict.ts';
import type { NodeTarget } from '../nodeTarget.ts';
import type { EpochAssessment, SnapshotCodes } from '../taskTypes.ts';
import { type HeadInput, type HeadOutcome, type OutputHead, trainRowsAmong } from './headTypes.ts';

export interface ClassOptions {
  /** Weighs classes by n / (C · n_c) on the training rows. */
  readonly isBalanced: boolean;
  /** γ of the focal loss; 0 = cross-entropy. */
  readonly focalGamma: number;
  /** Metric that chooses the best epoch. */
  readonly monitor: string;
}

export function createClassHead(
  target: NodeTarget,
  split: NodeSplit,
  input: HeadInput,
  options: ClassOptions,
): OutputHead {
  const { classes } = target;
  const numClasses = classes.length;
  const { rows, numNodes } = input;
  const [start, end] = input.nodeRange;
  const codes = new Int32Array(numNodes).fill(-1);
  codes.set(target.codes, start);
  const classWeights = options.isBalanced ? balancedWeights(codes, rows.train, numClasses) : null;

  return {
    kind: 'classes',
    numOutputs: numClasses,
    codes,
    targets: null,
    valueRange: null,
    baselines: ['majority', 'label-propagation', 'mlp'],
    objective(nodes) {
      const train = trainRowsAmong(nodes, split.train, (node) => hasBit(split.train, node));
      const rowCodes = nodes === null ? codes : Int32Array.from(nodes, (node) => codes[node] as number);
      return createMaskedCrossEntropy(rowCodes, train, numClasses, {
        classWeights,
        focalGamma: options.focalGamma,
      });
    },
    assess,
    snapshot,
    judge: ({ output }) => judge(output as Float32Array),
    verdict: (metrics, baselines, descriptor, seesEdges) =>
      classificationVerdict({
        metrics,
        baselines,
        counts: { train: rows.train.length, val: rows.val.length, test: rows.test.length },
        modelId: descriptor.id,
        seesEdges,
      }),
  };

  function assess(logits: Float32Array): EpochAssessment {
    let valLoss = 0;
    for (const row of rows.val) valLoss += rowCrossEntropy(logits, row, numClasses, codes[row] as number);
    const hasVal = rows.val.length > 0;
    const valScore = hasVal ? accuracyOf(logits, rows.val) : null;
    return {
      trainScore: accuracyOf(logits, rows.train),
      valScore,
      valLoss: hasVal ? valLoss / rows.val.length : null,
      monitored: hasVal ? monitoredScore(logits, valScore as number, valLoss / rows.val.length) : null,
    };
  }

  /** Accuracy and loss are at hand; other metrics cost a softmax of every row, so only on request. */
  function monitoredScore(logits: Float32Array, accuracy: number, loss: number): number {
    if (options.monitor === 'auto' || options.monitor === 'accuracy') return accuracy;
    if (options.monitor === 'nll') return -loss;
    const value = classificationMetrics(softmaxRows(logits, numClasses), codes, rows.val, classes)[
      options.monitor
    ];
    if (value === undefined) return accuracy;
    return metricOf(options.monitor).higherIsBetter ? value : -value;
  }

  function accuracyOf(logits: Float32Array, members: Int32Array): number {
    let hits = 0;
    for (const row of members) if (argmaxRow(logits, row, numClasses) === codes[row]) hits++;
    return hits / members.length;
  }

  function snapshot(logits: Float32Array): SnapshotCodes {
    const predicted = new Uint16Array(end - start);
    const confidence = new Uint8Array(end - start);
    for (let row = start; row < end; row++) {
      const code = argmaxRow(logits, row, numClasses);
      predicted[row - start] = code;
      confidence[row - start] = Math.round(255 * Math.exp(-rowCrossEntropy(logits, row, numClasses, code)));
    }
    return { codes: predicted, confidence };
  }

  function judge(logits: Float32Array): HeadOutcome {
    const probabilities = softmaxRows(logits, numClasses);
    const confusion = confusionMatrix(probabilities, codes, rows.test, numClasses);
    const temperature = rows.val.length > 0 ? fitTemperature(logits, codes, rows.val, numClasses) : null;
    const calibrated =
      temperature === null ? null : softmaxRows(applyTemperature(logits, temperature), numClasses);
    const metricsOf = (members: Int32Array): Metrics => {
      const metrics = classificationMetrics(probabilities, codes, members, classes);
      if (calibrated === null || members.length === 0) return metrics;
      return { ...metrics, eceScaled: expectedCalibrationError(calibrated, codes, members, numClasses) };
    };
    return {
      metrics: { train: metricsOf(rows.train), val: metricsOf(rows.val), test: metricsOf(rows.test) },
      outputKind: 'classes',
      confusion,
      perClass: classReports(confusion, classes),
      scores: probabilities.slice(start * numClasses, end * numClasses),
      truth: codes.slice(start, end),
      predictedValues: null,
      trueValues: null,
      temperature,
    };
  }
}

function balancedWeights(codes: Int32Array, rows: Int32Array, numClasses: number): Float32Array {
  const counts = new Float64Array(numClasses);
  for (const row of rows) counts[codes[row] as number] = (counts[codes[row] as number] as number) + 1;
  return Float32Array.from(counts, (count) => (count === 0 ? 0 : rows.length / (numClasses * count)));
}

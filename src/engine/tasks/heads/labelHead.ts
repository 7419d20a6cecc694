/** Several independent yes/no labels per node: sigmoid cross-entropy, metrics over all decisions. */
import { hasBit } from '../../../core/bitset.ts';
import type { NodeSplit } from '../../../core/split.ts';
import { createMaskedBinaryCrossEntropy } from '../../losses/maskedBinaryCrossEntropy.ts';
import { metricOf } from '../../metrics/index.ts';
import { multiLabelMetrics, multiLabelReports } from '../../metrics/multiLabel.ts';
import { applyTemperature, fitBinaryTemperature } from '../../metrics/temperatureScaling.ts';
import type { NodeTarget } from '../nodeTarget.ts';
import type { SnapshotCodes } from '../taskTypes.ts';
import { labelsVerdict } from './labelsVerdict.ts';
import { type HeadInput, type HeadOutcome, type OutputHead, spread, trainRowsAmong } from './headTypes.ts';

export interface LabelOptions {
  /** Weighs the positives of each label by negatives / positives on the training rows. */
  readonly isBalanced: boolean;
  readonly monitor: string;
}

export function createLabelHead(
  target: NodeTarget,
  split: NodeSplit,
  input: HeadInput,
  options: LabelOptions,
): OutputHead {
  const { classes: names } = target;
  const width = names.length;
  const { rows, numNodes } = input;
  const [start, end] = input.nodeRange;
  const targets = spread(target.values as Float32Array, width, start, numNodes);
  const truth = Int8Array.from(targets, (value) => (Number.isNaN(value) ? -1 : value));
  const positiveWeight = options.isBalanced ? balancedPositives(truth, rows.train, width) : null;
  const monitor = options.monitor === 'auto' ? 'accuracy' : options.monitor;

  return {
    kind: 'labels',
    numOutputs: width,
    codes: new Int32Array(numNodes).fill(-1),
    targets,
    valueRange: null,
    baselines: ['mlp'],
    objective(nodes) {
      const train = trainRowsAmong(nodes, split.train, (node) => hasBit(split.train, node));
      const rowTargets = nodes === null ? targets : gatherRows(targets, nodes, width);
      return createMaskedBinaryCrossEntropy(rowTargets, train, width, positiveWeight);
    },
    assess(logits) {
      const probabilities = logits.map(sigmoid);
      const train = multiLabelMetrics(probabilities, truth, rows.train, names);
      const val = multiLabelMetrics(probabilities, truth, rows.val, names);
      const monitored = val[monitor] ?? val.accuracy ?? null;
      return {
        trainScore: train.accuracy ?? null,
        valScore: val.accuracy ?? null,
        valLoss: val.nll ?? null,
        monitored: monitored === null ? null : metricOf(monitor).higherIsBetter ? monitored : -monitored,
      };
    },
    snapshot,
    judge: ({ output }) => judge(output as Float32Array),
    verdict: (metrics, baselines, _descriptor, seesEdges) =>
      labelsVerdict(metrics, baselines, { numTest: rows.test.length, numVal: rows.val.length, seesEdges }),
  };

  /** The likeliest label stands for the node in the views. */
  function snapshot(logits: Float32Array): SnapshotCodes {
    const codes = new Uint16Array(end - start);
    const confidence = new Uint8Array(end - start);
    for (let row = start; row < end; row++) {
      let best = 0;
      for (let label = 1; label < width; label++)
        if ((logits[row * width + label] as number) > (logits[row * width + best] as number)) best = label;
      codes[row - start] = best;
      confidence[row - start] = Math.round(255 * sigmoid(logits[row * width + best] as number));
    }
    return { codes, confidence };
  }

  function judge(logits: Float32Array): HeadOutcome {
    const probabilities = logits.map(sigmoid);
    const temperature = rows.val.length > 0 ? fitBinaryTemperature(logits, truth, rows.val, width) : null;
    const calibrated = temperature === null ? null : applyTemperature(logits, temperature).map(sigmoid);
    const metricsOf = (members: Int32Array) => {
      const metrics = multiLabelMetrics(probabilities, truth, members, names);
      const scaled =
        calibrated === null ? undefined : multiLabelMetrics(calibrated, truth, members, names).nll;
      return scaled === undefined ? metrics : { ...metrics, nllScaled: scaled };
    };
    return {
      metrics: { train: metricsOf(rows.train), val: metricsOf(rows.val), test: metricsOf(rows.test) },
      outputKind: 'labels',
      confusion: null,
      perClass: multiLabelReports(probabilities, truth, rows.test, names),
      scores: probabilities.slice(start * width, end * width),
      truth: null,
      predictedValues: null,
      trueValues: targets.slice(start * width, end * width),
      temperature,
    };
  }
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

function gatherRows(values: Float32Array, nodes: Int32Array, width: number): Float32Array {
  const out = new Float32Array(nodes.length * width);
  nodes.forEach((node, row) => out.set(values.subarray(node * width, (node + 1) * width), row * width));
  return out;
}

function balancedPositives(truth: Int8Array, rows: Int32Array, width: number): Float32Array {
  return Float32Array.from({ length: width }, (_, label) => {
    let positives = 0;
    let negatives = 0;
    for (const row of rows) {
      const value = truth[row * width + label] as number;
      if (value === 1) positives++;
      else if (value === 0) negatives++;
    }
    return positives === 0 ? 1 : negatives / positives;
  });
}

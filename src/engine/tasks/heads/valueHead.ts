/** A number per node: learned in standard units of the training rows, judged and shown in the target's own. */
import { hasBit } from '../../../core/bitset.ts';
import type { NodeSplit } from '../../../core/split.ts';
import { createMaskedRegression, type RegressionLoss } from '../../losses/maskedRegression.ts';
import { metricOf } from '../../metrics/index.ts';
import { regressionMetrics } from '../../metrics/regression.ts';
import type { Metrics } from '../../runTypes.ts';
import type { NodeTarget } from '../nodeTarget.ts';
import type { SnapshotCodes, ValueScale } from '../taskTypes.ts';
import { type HeadInput, type HeadOutcome, type OutputHead, spread, trainRowsAmong } from './headTypes.ts';
import { valueVerdict } from './valueVerdict.ts';

export interface ValueOptions {
  readonly loss: RegressionLoss;
  readonly monitor: string;
  /** Of a model that was trained elsewhere; fitted on the training rows by default. */
  readonly scale?: ValueScale;
}

/** Predictions are shown as this many steps from the least to the largest training value. */
export const VALUE_STEPS = 256;

export function createValueHead(
  target: NodeTarget,
  split: NodeSplit,
  input: HeadInput,
  options: ValueOptions,
): OutputHead & { readonly scale: ValueScale } {
  const { rows, numNodes } = input;
  const [start, end] = input.nodeRange;
  const truth = spread(target.values as Float32Array, 1, start, numNodes);
  const scale = options.scale ?? fitScale(truth, rows.train);
  const targets = truth.map((value) => (value - scale.mean) / scale.sd);
  const inUnits = (output: Float32Array): Float32Array =>
    output.map((value) => value * scale.sd + scale.mean);
  const monitor = options.monitor === 'auto' ? 'r2' : options.monitor;

  return {
    kind: 'value',
    numOutputs: 1,
    codes: new Int32Array(numNodes).fill(-1),
    targets,
    scale,
    valueRange: [scale.min, scale.max],
    baselines: ['mean-value', 'mlp'],
    objective(nodes) {
      const train = trainRowsAmong(nodes, split.train, (node) => hasBit(split.train, node));
      const rowTargets =
        nodes === null ? targets : Float32Array.from(nodes, (node) => targets[node] as number);
      return createMaskedRegression(rowTargets, train, options.loss);
    },
    assess(output) {
      const predicted = inUnits(output);
      const val = regressionMetrics(predicted, truth, rows.val);
      // R² is not defined where validation values are all equal; the error always is.
      const key = val[monitor] === undefined ? 'rmse' : monitor;
      const value = val[key];
      return {
        trainScore: regressionMetrics(predicted, truth, rows.train).r2 ?? null,
        valScore: val.r2 ?? null,
        valLoss: val.rmse === undefined ? null : (val.rmse / scale.sd) ** 2,
        monitored: value === undefined ? null : metricOf(key).higherIsBetter ? value : -value,
      };
    },
    snapshot: (output) => snapshot(inUnits(output)),
    judge: ({ output }) => judge(inUnits(output as Float32Array)),
    verdict: (metrics, baselines, _descriptor, seesEdges) =>
      valueVerdict(metrics, baselines, {
        name: target.name,
        counts: { train: rows.train.length, val: rows.val.length, test: rows.test.length },
        seesEdges,
      }),
  };

  function snapshot(predicted: Float32Array): SnapshotCodes {
    const span = scale.max - scale.min;
    const codes = Uint16Array.from(predicted.subarray(start, end), (value) => {
      const share = span > 0 ? (value - scale.min) / span : 0.5;
      return Math.round((VALUE_STEPS - 1) * Math.min(1, Math.max(0, share)));
    });
    return { codes, confidence: new Uint8Array(end - start).fill(255) };
  }

  function judge(predicted: Float32Array): HeadOutcome {
    const metricsOf = (members: Int32Array): Metrics => regressionMetrics(predicted, truth, members);
    return {
      metrics: { train: metricsOf(rows.train), val: metricsOf(rows.val), test: metricsOf(rows.test) },
      outputKind: 'value',
      confusion: null,
      perClass: [],
      scores: null,
      truth: null,
      predictedValues: predicted.slice(start, end),
      trueValues: truth.slice(start, end),
      temperature: null,
    };
  }
}

function fitScale(values: Float32Array, rows: Int32Array): ValueScale {
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const row of rows) {
    const value = values[row] as number;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const mean = sum / rows.length;
  let squares = 0;
  for (const row of rows) squares += ((values[row] as number) - mean) ** 2;
  const sd = Math.sqrt(squares / rows.length);
  return { mean, sd: sd > 0 ? sd : 1, min, max };
}

/**
 * Metrics of a classifier from class probabilities, in float64 on the CPU. Definitions match scikit-learn's
 * (checked against its values): macro averages are over classes that occur as truth or prediction.
 */
import type { ClassReport, Metrics } from '../runTypes.ts';
import { macroRanking, type RankingMetrics, rankingMetrics } from './ranking.ts';

/** Rows times classes above which the ranking metrics of several classes are left out. */
const MAX_RANKED_SCORES = 1_000_000;

/** Row-wise softmax of logits [n · C], subtracting the row maximum. */
export function softmaxRows(logits: Float32Array, numClasses: number): Float32Array {
  const out = new Float32Array(logits.length);
  for (let base = 0; base < logits.length; base += numClasses) {
    let max = -Infinity;
    for (let c = 0; c < numClasses; c++) max = Math.max(max, logits[base + c] as number);
    let sum = 0;
    for (let c = 0; c < numClasses; c++) sum += Math.exp((logits[base + c] as number) - max);
    for (let c = 0; c < numClasses; c++) out[base + c] = Math.exp((logits[base + c] as number) - max) / sum;
  }
  return out;
}

/** Index of the largest entry of a row; the first one on ties. */
export function argmaxRow(values: Float32Array, row: number, numClasses: number): number {
  let best = 0;
  for (let c = 1; c < numClasses; c++) {
    if ((values[row * numClasses + c] as number) > (values[row * numClasses + best] as number)) best = c;
  }
  return best;
}

/** −log softmax(z_row)[code] from logits, by log-sum-exp. */
export function rowCrossEntropy(
  logits: Float32Array | Float64Array,
  row: number,
  numClasses: number,
  code: number,
): number {
  const base = row * numClasses;
  let max = -Infinity;
  for (let c = 0; c < numClasses; c++) max = Math.max(max, logits[base + c] as number);
  let sum = 0;
  for (let c = 0; c < numClasses; c++) sum += Math.exp((logits[base + c] as number) - max);
  return Math.log(sum) + max - (logits[base + code] as number);
}

/** Counts [C · C] over the rows, row = true class, column = predicted class. */
export function confusionMatrix(
  probabilities: Float32Array,
  truth: Int32Array,
  rows: Int32Array,
  numClasses: number,
): Int32Array {
  const counts = new Int32Array(numClasses * numClasses);
  for (const row of rows) {
    const cell = (truth[row] as number) * numClasses + argmaxRow(probabilities, row, numClasses);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

/** Precision, recall and F1 per class; 0 where the denominator is 0. */
export function classReports(confusion: Int32Array, classes: readonly string[]): ClassReport[] {
  const size = classes.length;
  return classes.map((name, code) => {
    let support = 0;
    let predicted = 0;
    for (let other = 0; other < size; other++) {
      support += confusion[code * size + other] as number;
      predicted += confusion[other * size + code] as number;
    }
    const hits = confusion[code * size + code] as number;
    const precision = predicted === 0 ? 0 : hits / predicted;
    const recall = support === 0 ? 0 : hits / support;
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { name, support, precision, recall, f1 };
  });
}

/**
 * Returns accuracy, macroF1, microF1, balancedAccuracy, nll and ece of the rows; empty when there are no rows. Where the
 * rows hold at least two classes, also rocAuc and prAuc, and for a binary target recallAtK:
 *
 * - two classes: by the probability of class 1
 * - more: one class against the rest by its probability, mean over the classes that occur (scikit-learn's
 *   `multi_class='ovr', average='macro'`, which asks for every class to occur)
 *
 * O(n · C · log n).
 */
export function classificationMetrics(
  probabilities: Float32Array,
  truth: Int32Array,
  rows: Int32Array,
  classes: readonly string[],
): Metrics {
  if (rows.length === 0) return {};
  const numClasses = classes.length;
  const confusion = confusionMatrix(probabilities, truth, rows, numClasses);
  const reports = classReports(confusion, classes);
  let hits = 0;
  for (let code = 0; code < numClasses; code++) hits += confusion[code * numClasses + code] as number;
  const accuracy = hits / rows.length;
  const occurring = reports.filter(
    (report, code) => report.support > 0 || predictedCount(confusion, code, numClasses) > 0,
  );
  const supported = reports.filter((report) => report.support > 0);
  return {
    accuracy,
    macroF1: mean(occurring.map((report) => report.f1)),
    // With one label per row, micro-averaged F1 equals accuracy.
    microF1: accuracy,
    balancedAccuracy: mean(supported.map((report) => report.recall)),
    nll: negativeLogLikelihood(probabilities, truth, rows, numClasses),
    ece: expectedCalibrationError(probabilities, truth, rows, numClasses),
    ...rankings(probabilities, truth, rows, numClasses),
  };
}

function rankings(
  probabilities: Float32Array,
  truth: Int32Array,
  rows: Int32Array,
  numClasses: number,
): Metrics {
  const labels = new Uint8Array(rows.length);
  const scores = new Float64Array(rows.length);
  const against = (code: number): RankingMetrics | null => {
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      labels[at] = truth[row] === code ? 1 : 0;
      scores[at] = probabilities[row * numClasses + code] as number;
    }
    return rankingMetrics(labels, scores);
  };
  if (numClasses === 2) {
    const binary = against(1);
    return binary === null
      ? {}
      : { rocAuc: binary.rocAuc, prAuc: binary.averagePrecision, recallAtK: binary.recallAtK };
  }
  // One sort of all rows per class: seconds, on a graph of this size.
  if (rows.length * numClasses > MAX_RANKED_SCORES) return {};
  return macroRanking(Array.from({ length: numClasses }, (_, code) => against(code))) ?? {};
}

function predictedCount(confusion: Int32Array, code: number, size: number): number {
  let count = 0;
  for (let other = 0; other < size; other++) count += confusion[other * size + code] as number;
  return count;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function negativeLogLikelihood(
  probabilities: Float32Array,
  truth: Int32Array,
  rows: Int32Array,
  numClasses: number,
): number {
  let sum = 0;
  // Float32 probabilities underflow to 0 long before the logits do; 1e-12 bounds the penalty of one row at 27.6.
  for (const row of rows)
    sum -= Math.log(Math.max(1e-12, probabilities[row * numClasses + (truth[row] as number)] as number));
  return sum / rows.length;
}

/**
 * Expected calibration error with equal-width bins (lo, hi] of the top probability: Σ (n_b / n) |accuracy_b − confidence_b|.
 * Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", eq. 3. https://arxiv.org/abs/1706.04599
 */
export function expectedCalibrationError(
  probabilities: Float32Array,
  truth: Int32Array,
  rows: Int32Array,
  numClasses: number,
  numBins = 15,
): number {
  const confidence = new Float64Array(numBins);
  const hits = new Float64Array(numBins);
  for (const row of rows) {
    const code = argmaxRow(probabilities, row, numClasses);
    const top = probabilities[row * numClasses + code] as number;
    const bin = Math.min(numBins - 1, Math.max(0, Math.ceil(top * numBins) - 1));
    confidence[bin] = (confidence[bin] as number) + top;
    if (code === truth[row]) hits[bin] = (hits[bin] as number) + 1;
  }
  let error = 0;
  for (let bin = 0; bin < numBins; bin++)
    error += Math.abs((hits[bin] as number) - (confidence[bin] as number));
  return error / rows.length;
}

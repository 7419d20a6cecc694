/**
 * Metrics of a classifier from class probabilities, in float64 on the CPU. Definitions match scikit-learn's
 * (checked against its values): macro averages are over classes that occur as truth or prediction.
 */
import type { ClassReport, Metrics } from '../runTypes.ts';

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
export function rowCrossEntropy(logits: Float32Array, row: number, numClasses: number, code: number): number {
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
 * Returns accuracy, macroF1, microF1, balancedAccuracy, nll and ece of the rows; rocAuc and prAuc too for two classes
 * (score of class 1). Empty when there are no rows.
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
  const metrics: Record<string, number> = {
    accuracy,
    macroF1: mean(occurring.map((report) => report.f1)),
    // With one label per row, micro-averaged F1 equals accuracy.
    microF1: accuracy,
    balancedAccuracy: mean(supported.map((report) => report.recall)),
    nll: negativeLogLikelihood(probabilities, truth, rows, numClasses),
    ece: expectedCalibrationError(probabilities, truth, rows, numClasses),
  };
  if (numClasses === 2 && supported.length === 2) {
    const scores = Float64Array.from(rows, (row) => probabilities[row * 2 + 1] as number);
    const labels = Uint8Array.from(rows, (row) => truth[row] as number);
    metrics.rocAuc = rocAuc(labels, scores);
    metrics.prAuc = averagePrecision(labels, scores);
  }
  return metrics;
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

/** Indices by descending score, stable. */
function descending(scores: Float64Array): Int32Array {
  return Int32Array.from(scores.keys()).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || a - b,
  );
}

/** Area under the ROC curve = P(score of a positive > score of a negative) + ½ P(equal). O(n log n). */
export function rocAuc(labels: Uint8Array, scores: Float64Array): number {
  const order = descending(scores);
  let positives = 0;
  let area = 0;
  let negatives = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let tiedPositives = 0;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) {
      tiedPositives += labels[order[end] as number] as number;
      end++;
    }
    const tiedNegatives = end - start - tiedPositives;
    // Each negative of the group is below all earlier positives and ties with the group's own.
    area += tiedNegatives * (positives + tiedPositives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    start = end;
  }
  return positives === 0 || negatives === 0 ? Number.NaN : area / (positives * negatives);
}

/** Average precision Σ (R_k − R_{k−1}) P_k over distinct thresholds (tied scores enter together). */
export function averagePrecision(labels: Uint8Array, scores: Float64Array): number {
  const order = descending(scores);
  const total = labels.reduce((sum, label) => sum + label, 0);
  if (total === 0) return Number.NaN;
  let positives = 0;
  let sum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let tied = 0;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) {
      tied += labels[order[end] as number] as number;
      end++;
    }
    positives += tied;
    sum += (tied / total) * (positives / end);
    start = end;
  }
  return sum;
}

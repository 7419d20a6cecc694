/**
 * Metrics of several yes/no labels per node from their probabilities, in float64. Every label of a node is one decision;
 * decisions without a truth count nowhere.
 */
import type { ClassReport, Metrics } from '../runTypes.ts';
import { macroRanking, type RankingMetrics, rankingMetrics } from './ranking.ts';

/** A float32 probability reaches 0 or 1 long before its logit is infinite; this bounds one decision's penalty at 27.6. */
const MIN_PROBABILITY = 1e-12;

interface Counts {
  hits: number;
  falsePositives: number;
  falseNegatives: number;
  correct: number;
  known: number;
}

/**
 * Returns the metrics of the rows:
 *
 * - accuracy: share of known decisions that are right (p > ½ against the truth), each label of each node one decision
 * - microF1 = 2TP / (2TP + FP + FN) over all decisions; macroF1: F1 per label, mean over labels that occur as truth or
 *   prediction
 * - rocAuc, prAuc: mean over labels whose known truths hold both values
 * - nll: mean of −log(probability given to the truth) over known decisions
 *
 * A key is absent where nothing defines it; all are without a known decision. O(n · L · log n).
 * @param probabilities [n · L] row-major @param truth [n · L] 1, 0, or -1 = missing @param names [L]
 */
export function multiLabelMetrics(
  probabilities: Float32Array,
  truth: Int8Array | Uint8Array,
  rows: Int32Array,
  names: readonly string[],
): Metrics {
  const counts = names.map((_, label) => countDecisions(probabilities, truth, rows, label, names.length));
  const total = (key: keyof Counts): number => counts.reduce((sum, count) => sum + count[key], 0);
  const known = total('known');
  if (known === 0) return {};
  const f1s = counts.map(f1Of).filter((f1) => f1 !== null);
  const micro = f1Of({
    hits: total('hits'),
    falsePositives: total('falsePositives'),
    falseNegatives: total('falseNegatives'),
  });
  const ranking = macroRanking(
    names.map((_, label) => rankLabel(probabilities, truth, rows, label, names.length)),
  );
  return {
    accuracy: total('correct') / known,
    ...(micro === null ? {} : { macroF1: f1s.reduce((sum, f1) => sum + f1, 0) / f1s.length, microF1: micro }),
    ...ranking,
    nll: negativeLogLikelihood(probabilities, truth, rows, names.length) / known,
  };
}

/** Precision, recall and F1 of each label over the known decisions of the rows; 0 where the denominator is 0. */
export function multiLabelReports(
  probabilities: Float32Array,
  truth: Int8Array | Uint8Array,
  rows: Int32Array,
  names: readonly string[],
): ClassReport[] {
  return names.map((name, label) => {
    const counts = countDecisions(probabilities, truth, rows, label, names.length);
    const support = counts.hits + counts.falseNegatives;
    const predicted = counts.hits + counts.falsePositives;
    return {
      name,
      support,
      precision: predicted === 0 ? 0 : counts.hits / predicted,
      recall: support === 0 ? 0 : counts.hits / support,
      f1: f1Of(counts) ?? 0,
    };
  });
}

function countDecisions(
  probabilities: Float32Array,
  truth: Int8Array | Uint8Array,
  rows: Int32Array,
  label: number,
  numLabels: number,
): Counts {
  const counts: Counts = { hits: 0, falsePositives: 0, falseNegatives: 0, correct: 0, known: 0 };
  for (const row of rows) {
    const at = row * numLabels + label;
    const actual = truth[at] as number;
    if (actual < 0) continue;
    const isPredicted = (probabilities[at] as number) > 0.5;
    counts.known++;
    if (isPredicted === (actual === 1)) counts.correct++;
    if (isPredicted && actual === 1) counts.hits++;
    else if (isPredicted) counts.falsePositives++;
    else if (actual === 1) counts.falseNegatives++;
  }
  return counts;
}

/** 2TP / (2TP + FP + FN); null where nothing is positive, neither in truth nor in prediction. */
function f1Of(counts: Pick<Counts, 'hits' | 'falsePositives' | 'falseNegatives'>): number | null {
  const denominator = 2 * counts.hits + counts.falsePositives + counts.falseNegatives;
  return denominator === 0 ? null : (2 * counts.hits) / denominator;
}

function rankLabel(
  probabilities: Float32Array,
  truth: Int8Array | Uint8Array,
  rows: Int32Array,
  label: number,
  numLabels: number,
): RankingMetrics | null {
  const known = rows.filter((row) => (truth[row * numLabels + label] as number) >= 0);
  return rankingMetrics(
    Uint8Array.from(known, (row) => truth[row * numLabels + label] as number),
    Float64Array.from(known, (row) => probabilities[row * numLabels + label] as number),
  );
}

function negativeLogLikelihood(
  probabilities: Float32Array,
  truth: Int8Array | Uint8Array,
  rows: Int32Array,
  numLabels: number,
): number {
  let sum = 0;
  for (const row of rows) {
    for (let at = row * numLabels; at < (row + 1) * numLabels; at++) {
      if ((truth[at] as number) < 0) continue;
      const probability = probabilities[at] as number;
      sum -= Math.log(Math.max(MIN_PROBABILITY, truth[at] === 1 ? probability : 1 - probability));
    }
  }
  return sum;
}

/** The sentence a person reads first after a classification run: how good, compared with what, and what to try. */
import type { BaselineResult, PartMetrics } from '../runTypes.ts';

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;
const points = (ratio: number): string => `${Math.abs(100 * ratio).toFixed(1)} points`;

/** Share of the largest class above which accuracy says little. */
const UNEVEN = 0.7;

export interface VerdictInput {
  readonly metrics: PartMetrics;
  readonly baselines: readonly BaselineResult[];
  readonly counts: { readonly train: number; readonly val: number; readonly test: number };
  readonly modelId: string;
  /** The model reads edges and there are some. */
  readonly seesEdges: boolean;
}

export function classificationVerdict(input: VerdictInput): string {
  const { metrics, baselines, counts } = input;
  const part = counts.test > 0 ? 'test' : counts.val > 0 ? 'val' : 'train';
  const accuracy = metrics[part].accuracy;
  if (accuracy === undefined) return 'Training ended without a labelled node to judge on.';
  const nodes = { test: 'test nodes', val: 'validation nodes', train: 'training nodes (no held-out part)' }[
    part
  ];
  const size = counts[part];
  const margin = uncertainty(accuracy, size);
  const sentences = [`${percent(accuracy)} of ${size.toLocaleString('en')} ${nodes} right.`];
  const of = (id: string): number | undefined =>
    baselines.find((baseline) => baseline.id === id)?.metrics[part].accuracy;
  const featuresOnly = of('mlp');
  const largest = of('majority');
  const isGuessing = largest !== undefined && accuracy <= largest + margin;
  if (featuresOnly !== undefined && input.seesEdges && !isGuessing)
    sentences.push(
      gainSentence(accuracy - featuresOnly, Math.hypot(margin, uncertainty(featuresOnly, size))),
    );
  if (largest !== undefined) sentences.push(`Guessing the largest class gives ${percent(largest)}.`);
  if (isGuessing) sentences.push(guessingSentence(metrics[part].rocAuc, largest));
  return sentences.join(' ');
}

/**
 * Half width of a 95 % interval of a share of n: what the size of the part alone makes uncertain. Two successes and two
 * failures are added, so that 0 % and 100 % of few nodes are not taken for certainty.
 * Source: Agresti & Coull 1998, "Approximate is better than 'exact' for interval estimation of binomial proportions".
 */
function uncertainty(ratio: number, n: number): number {
  const shrunk = (ratio * n + 2) / (n + 4);
  return 1.96 * Math.sqrt((shrunk * (1 - shrunk)) / (n + 4));
}

/** Where one class is most of the nodes, accuracy hides what was learned about the others. */
function guessingSentence(rocAuc: number | undefined, largest: number): string {
  if (rocAuc !== undefined && largest > UNEVEN && rocAuc > 0.55)
    return `One class is most of the nodes, so look at ROC-AUC instead: ${percent(rocAuc)}, where guessing gives 50 %.`;
  return 'That is no better than guessing: check the target, or try more labels, other features or a lower learning rate.';
}

function gainSentence(gain: number, margin: number): string {
  if (gain > margin) return `The graph adds ${points(gain)} over the features alone.`;
  if (gain >= -margin) {
    return 'The graph adds nothing measurable over the features alone; neighbours may carry little about this label.';
  }
  return `The features alone do better by ${points(gain)}; try fewer layers, or neighbours here tend to differ.`;
}

/** The sentence a person reads first after a classification run: how good, compared with what, and what to try. */
import type { BaselineResult, PartMetrics } from '../runTypes.ts';

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;
const points = (ratio: number): string => `${Math.abs(100 * ratio).toFixed(1)} points`;

export interface VerdictInput {
  readonly metrics: PartMetrics;
  readonly baselines: readonly BaselineResult[];
  readonly counts: { readonly train: number; readonly val: number; readonly test: number };
  readonly modelId: string;
  readonly usesStructure: boolean;
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
  // Binomial standard error, doubled: what the size of the part alone makes uncertain.
  const margin = 2 * Math.sqrt((accuracy * (1 - accuracy)) / size);
  const sentences = [`${percent(accuracy)} of ${size.toLocaleString('en')} ${nodes} right.`];
  const of = (id: string): number | undefined =>
    baselines.find((baseline) => baseline.id === id)?.metrics[part].accuracy;
  const featuresOnly = of('mlp');
  const largest = of('majority');
  if (featuresOnly !== undefined && input.usesStructure)
    sentences.push(gainSentence(accuracy - featuresOnly, margin));
  if (largest !== undefined) sentences.push(`Guessing the largest class gives ${percent(largest)}.`);
  if (largest !== undefined && accuracy <= largest + margin) {
    sentences.push(
      'That is no better than guessing: check the target, or try more labels, other features or a lower learning rate.',
    );
  }
  return sentences.join(' ');
}

function gainSentence(gain: number, margin: number): string {
  if (gain > margin) return `The graph adds ${points(gain)} over the features alone.`;
  if (gain >= -margin) {
    return 'The graph adds nothing measurable over the features alone; neighbours may carry little about this label.';
  }
  return `The features alone do better by ${points(gain)}; try fewer layers, or neighbours here tend to differ.`;
}

/** The sentence a person reads first after a run that predicts numbers. */
import type { BaselineResult, PartMetrics } from '../../runTypes.ts';

export interface ValueFacts {
  readonly name: string;
  readonly counts: { readonly train: number; readonly val: number; readonly test: number };
  readonly seesEdges: boolean;
}

const short = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en');

export function valueVerdict(
  metrics: PartMetrics,
  baselines: readonly BaselineResult[],
  { name, counts, seesEdges }: ValueFacts,
): string {
  const part = counts.test > 0 ? 'test' : counts.val > 0 ? 'val' : 'train';
  const { mae, rmse, r2 } = metrics[part];
  if (mae === undefined || rmse === undefined) return 'Training ended without a value to judge on.';
  const nodes = { test: 'test nodes', val: 'validation nodes', train: 'training nodes (no held-out part)' }[
    part
  ];
  const of = (id: string): number | undefined =>
    baselines.find((baseline) => baseline.id === id)?.metrics[part].rmse;
  const sentences = [
    `On ${counts[part].toLocaleString('en')} ${nodes} '${name}' is off by ${short(mae)} on average (RMSE ${short(rmse)}).`,
  ];
  if (r2 !== undefined)
    sentences.push(
      r2 > 0
        ? `That explains ${(100 * r2).toFixed(0)} % of its variation.`
        : 'That explains none of its variation: check the target, or try other features.',
    );
  const guess = of('mean-value');
  if (guess !== undefined) sentences.push(`Always guessing the mean gives RMSE ${short(guess)}.`);
  const featuresOnly = of('mlp');
  if (featuresOnly !== undefined && seesEdges)
    sentences.push(
      rmse < featuresOnly
        ? `The features alone give ${short(featuresOnly)}.`
        : `The features alone do as well or better (${short(featuresOnly)}).`,
    );
  return sentences.join(' ');
}

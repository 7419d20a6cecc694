/** The sentence a person reads first after a run with several labels per node. */
import type { BaselineResult, PartMetrics } from '../../runTypes.ts';

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;

export function labelsVerdict(
  metrics: PartMetrics,
  baselines: readonly BaselineResult[],
  facts: { readonly numTest: number; readonly numVal: number; readonly seesEdges: boolean },
): string {
  const part = facts.numTest > 0 ? 'test' : facts.numVal > 0 ? 'val' : 'train';
  const { accuracy, microF1, prAuc } = metrics[part];
  if (accuracy === undefined) return 'Training ended without a labelled node to judge on.';
  const nodes = { test: 'test', val: 'validation', train: 'training (no held-out part)' }[part];
  const scores = [
    ...(microF1 === undefined ? [] : [`micro F1 ${percent(microF1)}`]),
    ...(prAuc === undefined ? [] : [`mean PR-AUC ${percent(prAuc)}`]),
  ].join(', ');
  const first = `${percent(accuracy)} of the ${nodes} decisions right${scores === '' ? '' : ` (${scores})`}.`;
  const featuresOnly = baselines.find((baseline) => baseline.id === 'mlp')?.metrics[part];
  const key = prAuc === undefined ? 'microF1' : 'prAuc';
  const own = metrics[part][key];
  const other = featuresOnly?.[key];
  if (own === undefined || other === undefined || !facts.seesEdges) return first;
  const name = key === 'prAuc' ? 'mean PR-AUC' : 'micro F1';
  return own > other
    ? `${first} The features alone give ${percent(other)} ${name}.`
    : `${first} The features alone do as well or better (${percent(other)} ${name}).`;
}

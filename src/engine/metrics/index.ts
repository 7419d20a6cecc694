/** Words for every metric key, in the order of tables. */
export interface MetricDescriptor {
  readonly id: string;
  readonly name: string;
  readonly help: string;
  readonly higherIsBetter: boolean;
  /** Shown as a percentage. */
  readonly isRatio: boolean;
}

const ratio = (id: string, name: string, help: string): MetricDescriptor => ({
  id,
  name,
  help,
  higherIsBetter: true,
  isRatio: true,
});

export const METRICS: readonly MetricDescriptor[] = [
  ratio(
    'accuracy',
    'accuracy',
    'Share of nodes whose predicted class is the true one; with several labels a node, share of all yes/no decisions that are right.',
  ),
  ratio(
    'macroF1',
    'macro F1',
    'F1 of each class, averaged with equal weight: small classes count as much as large ones.',
  ),
  ratio(
    'microF1',
    'micro F1',
    'F1 over all decisions together; equals accuracy when every node has one label.',
  ),
  ratio('balancedAccuracy', 'balanced accuracy', 'Recall of each class, averaged with equal weight.'),
  ratio(
    'rocAuc',
    'ROC-AUC',
    'Chance that a random positive node scores higher than a random negative one. 50 % is guessing. Several classes: each against the rest, averaged.',
  ),
  ratio(
    'prAuc',
    'PR-AUC',
    'Average precision over all thresholds; compare it with the share of positives. Several classes: each against the rest, averaged.',
  ),
  ratio(
    'recallAtK',
    'recall at k',
    'Share of the positive nodes found among the k highest scores, with k the number of positives.',
  ),
  {
    id: 'rmse',
    name: 'RMSE',
    help: 'Root of the mean squared error, in the unit of the target. Large errors weigh more; 0 is perfect.',
    higherIsBetter: false,
    isRatio: false,
  },
  {
    id: 'mae',
    name: 'mean absolute error',
    help: 'How far predictions are off on average, in the unit of the target. 0 is perfect.',
    higherIsBetter: false,
    isRatio: false,
  },
  {
    id: 'r2',
    name: 'R²',
    help: 'Share of the variance of the target that is explained: 1 is perfect, 0 is no better than the mean, below 0 worse.',
    higherIsBetter: true,
    isRatio: false,
  },
  {
    id: 'nll',
    name: 'negative log-likelihood',
    help: 'Mean of −log(probability given to the true class). Punishes confident mistakes; 0 is perfect.',
    higherIsBetter: false,
    isRatio: false,
  },
  {
    id: 'ece',
    name: 'calibration error',
    help: 'How far stated confidence is from actual accuracy on average (ECE, 15 bins). 0 % is honest.',
    higherIsBetter: false,
    isRatio: true,
  },
  {
    id: 'eceScaled',
    name: 'calibration error, scaled',
    help: 'The same after dividing logits by one temperature that was fitted on validation nodes.',
    higherIsBetter: false,
    isRatio: true,
  },
  {
    id: 'nllScaled',
    name: 'negative log-likelihood, scaled',
    help: 'The same after dividing logits by one temperature that was fitted on validation nodes.',
    higherIsBetter: false,
    isRatio: false,
  },
  {
    id: 'modularity',
    name: 'modularity',
    help: 'Share of edges inside communities minus what chance would give. Above about 0.3 communities are pronounced.',
    higherIsBetter: true,
    isRatio: false,
  },
  ratio(
    'insideRatio',
    'edges inside communities',
    'Share of edges whose two ends are in the same community.',
  ),
  {
    id: 'numCommunities',
    name: 'communities',
    help: 'How many communities were found.',
    higherIsBetter: true,
    isRatio: false,
  },
];

/** @throws no metric has that key */
export function metricOf(id: string): MetricDescriptor {
  const metric = METRICS.find((candidate) => candidate.id === id);
  if (metric === undefined) throw new Error(`no metric '${id}'`);
  return metric;
}

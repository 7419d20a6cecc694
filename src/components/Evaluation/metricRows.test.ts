import { describe, expect, it } from 'vitest';
import { metricRows, withinSentence } from './metricRows.ts';

const catalogue = [
  { key: 'accuracy', name: 'Accuracy', help: 'Share right.', higherIsBetter: true, isRatio: true },
  { key: 'nll', name: 'NLL', help: 'Surprise.', higherIsBetter: false, isRatio: false },
  { key: 'mrr', name: 'MRR', help: '', higherIsBetter: true, isRatio: true },
];
const none = {};
const result = {
  metrics: { train: { accuracy: 1 }, val: none, test: { accuracy: 0.8, nll: 0.6, odd: 3 } },
  baselines: [
    {
      id: 'mlp',
      name: 'MLP',
      summary: '',
      metrics: { train: none, val: none, test: { accuracy: 0.6, nll: 0.4 } },
    },
  ],
};

describe('metricRows', () => {
  it('puts test first, marks the best column, leaves out what nobody has and keeps unknown keys', () => {
    expect(metricRows(result, catalogue)).toEqual([
      { name: 'Test accuracy', help: 'Share right.', isRatio: true, values: [0.8, 0.6], best: [0] },
      { name: 'Test NLL', help: 'Surprise.', isRatio: false, values: [0.6, 0.4], best: [1] },
      { name: 'Test odd', help: '', isRatio: false, values: [3, undefined], best: [] },
      { name: 'Train accuracy', help: 'Share right.', isRatio: true, values: [1, undefined], best: [] },
    ]);
  });

  it('lowers the first letter of words, not of abbreviations', () => {
    expect(['Macro F1', 'F1', 'ROC AUC', 'R²', 'Mean rank'].map(withinSentence)).toEqual([
      'macro F1',
      'F1',
      'ROC AUC',
      'R²',
      'mean rank',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { metricRows, withinSentence } from './metricRows.ts';

const catalogue = [
  { key: 'accuracy', name: 'Accuracy', help: 'Share right.', higherIsBetter: true, isRatio: true },
  { key: 'nll', name: 'NLL', help: 'Surprise.', higherIsBetter: false, isRatio: false },
  { key: 'mrr', name: 'MRR', help: '', higherIsBetter: true, isRatio: true },
];
const none = {};
const baseline = (id: string, test: Record<string, number>, train: Record<string, number>) => ({
  id,
  name: id,
  summary: '',
  metrics: { train, val: none, test },
});
const result = {
  metrics: { train: { accuracy: 1 }, val: { accuracy: 0.7 }, test: { accuracy: 0.8, nll: 0.6, odd: 3 } },
  baselines: [baseline('mlp', { accuracy: 0.6, nll: 0.4, odd: 2 }, { accuracy: 0.9 })],
};

describe('metricRows', () => {
  it('puts test first, leaves out what nobody has and keeps unknown keys', () => {
    expect(metricRows(result, catalogue)).toEqual([
      {
        part: 'test',
        name: 'Test accuracy',
        help: 'Share right.',
        isRatio: true,
        values: [0.8, 0.6],
        best: [0],
      },
      { part: 'test', name: 'Test NLL', help: 'Surprise.', isRatio: false, values: [0.6, 0.4], best: [1] },
      { part: 'test', name: 'Test odd', help: '', isRatio: false, values: [3, 2], best: [] },
      {
        part: 'val',
        name: 'Validation accuracy',
        help: 'Share right.',
        isRatio: true,
        values: [0.7, undefined],
        best: [],
      },
      {
        part: 'train',
        name: 'Train accuracy',
        help: 'Share right.',
        isRatio: true,
        values: [1, 0.9],
        best: [],
      },
    ]);
  });

  it('marks no winner where all are equal', () => {
    const { metrics } = result;
    const rows = metricRows({ metrics, baselines: [baseline('gcn', metrics.test, none)] }, catalogue);
    expect(rows.map((row) => row.best)).toEqual([[], [], [], [], []]);
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

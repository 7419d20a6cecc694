import { describe, expect, it } from 'vitest';
import { classificationVerdict, type VerdictInput } from './classificationVerdict.ts';

const input = (
  accuracy: number,
  mlp: number,
  largest: number,
  overrides: Partial<VerdictInput> = {},
): VerdictInput => {
  const metrics = (value: number) => ({ train: { accuracy: 1 }, val: {}, test: { accuracy: value } });
  const baseline = (id: string, value: number) => ({ id, name: id, summary: '', metrics: metrics(value) });
  return {
    metrics: metrics(accuracy),
    baselines: [baseline('majority', largest), baseline('mlp', mlp)],
    counts: { train: 140, val: 500, test: 1000 },
    modelId: 'gcn',
    seesEdges: true,
    ...overrides,
  };
};

describe('classificationVerdict', () => {
  it('says how good, what the graph adds, and what guessing gives', () => {
    expect(classificationVerdict(input(0.816, 0.585, 0.302))).toBe(
      '81.6 % of 1,000 test nodes right. The graph adds 23.1 points over the features alone. Guessing the largest class gives 30.2 %.',
    );
  });

  it('does not claim a gain within what the number of test nodes leaves open', () => {
    expect(classificationVerdict(input(0.816, 0.81, 0.302))).toContain('The graph adds nothing measurable');
    const few = { counts: { train: 2, val: 0, test: 2 } };
    expect(classificationVerdict(input(1, 0.5, 0.5, few))).toContain('The graph adds nothing measurable');
  });

  it('says when features alone do better, and when nothing beats guessing', () => {
    expect(classificationVerdict(input(0.5, 0.8, 0.3))).toContain(
      'The features alone do better by 30.0 points',
    );
    expect(classificationVerdict(input(0.31, 0.3, 0.3))).toContain('That is no better than guessing');
  });

  it('points to ROC-AUC where one class is most of the nodes and something was learned', () => {
    const uneven = (rocAuc: number) =>
      classificationVerdict({
        ...input(0.8, 0.3, 0.8),
        metrics: { train: {}, val: {}, test: { accuracy: 0.8, rocAuc } },
      });
    expect(uneven(0.91)).toBe(
      '80.0 % of 1,000 test nodes right. Guessing the largest class gives 80.0 %. One class is most of the nodes, so look at ROC-AUC instead: 91.0 %, where guessing gives 50 %.',
    );
    expect(uneven(0.51)).toContain('That is no better than guessing');
  });

  it('speaks of no graph where the model saw no edge', () => {
    expect(classificationVerdict(input(0.9, 0.5, 0.3, { seesEdges: false }))).toBe(
      '90.0 % of 1,000 test nodes right. Guessing the largest class gives 30.0 %.',
    );
  });
});

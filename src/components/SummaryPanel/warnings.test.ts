import { describe, expect, it } from 'vitest';
import type { GraphWarning } from '../../core/graphSummary/summaryTypes.ts';
import { groupWarnings } from './warningGroups.ts';
import { remedyFor } from './warningRemedy.ts';

const warning = (
  code: GraphWarning['code'],
  severity: GraphWarning['severity'],
  column: string,
): GraphWarning => ({
  code,
  severity,
  message: `${column} is odd.`,
  nodeType: 'node',
  columns: [column],
});

describe('groupWarnings', () => {
  it('folds three and more of a kind, and keeps two and what is severe apart', () => {
    const names = ['a', 'b', 'c'];
    const groups = groupWarnings([
      ...names.map((name) => warning('target-leak', 'severe', name)),
      ...names.map((name) => warning('identifier-column', 'info', name)),
      ...names.slice(1).map((name) => warning('constant-column', 'info', name)),
    ]);
    expect(groups.map(({ first, columns }) => [first.code, columns.join('')])).toEqual([
      ['target-leak', 'a'],
      ['target-leak', 'b'],
      ['target-leak', 'c'],
      ['identifier-column', 'abc'],
      ['constant-column', 'b'],
      ['constant-column', 'c'],
    ]);
    expect(groups[3]?.others.map(({ columns }) => columns[0])).toEqual(['b', 'c']);
  });

  it('does not fold warnings of different tables into one', () => {
    const others = ['a', 'b'].map((name) => ({
      ...warning('constant-column', 'info', name),
      nodeType: null,
    }));
    expect(groupWarnings([warning('constant-column', 'info', 'c'), ...others])).toHaveLength(3);
  });
});

describe('remedyFor', () => {
  const setup = { model: 'gcn', split: 'public' };

  it('leaves columns out by name, or all of a group', () => {
    const one = remedyFor({ code: 'target-leak', columns: ['y2'] }, setup, []);
    expect(one).toEqual({ kind: 'hide', name: 'Leave out y2', columns: ['y2'] });
    expect(remedyFor({ code: 'identifier-column', columns: ['a', 'b'] }, setup, [])?.name).toBe(
      'Leave out all 2',
    );
  });

  it('offers another split or model only where it is another one', () => {
    const outside = { code: 'class-outside-train', columns: ['y'] } as const;
    expect(remedyFor(outside, setup, [])?.kind).toBe('setup');
    expect(remedyFor(outside, { ...setup, split: 'random:60/20/20' }, [])).toBeNull();
    const low = { code: 'low-homophily', columns: ['y'] } as const;
    expect(remedyFor(low, setup, ['mlp'])).toMatchObject({ change: { model: 'mlp' } });
    expect([remedyFor(low, setup, []), remedyFor(low, { ...setup, model: 'mlp' }, ['mlp'])]).toEqual([
      null,
      null,
    ]);
  });

  it('has no button where only the person can know', () => {
    expect(remedyFor({ code: 'tiny-classes', columns: ['y'] }, setup, ['mlp'])).toBeNull();
  });
});

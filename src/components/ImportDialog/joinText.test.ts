import { describe, expect, it } from 'vitest';
import type { TypeMatch } from '../../core/matchGraphs.ts';
import { isPoorMatch, listed, matchedText, unmatchedText, withoutRowText } from './joinText.ts';

const match: TypeMatch = {
  incomingType: '',
  graphType: 'node',
  rows: 240,
  matched: 231,
  unmatchedExamples: ['a', 'b', 'c'],
  graphNodes: 1000,
  withoutRow: 769,
  withoutRowExamples: ['x', 'y'],
  incomingIds: [],
  graphIds: [],
  better: null,
};

describe('the match in words', () => {
  it('says what meets, what does not, and who goes without', () => {
    expect([matchedText(match), unmatchedText(match), withoutRowText(match, 'Cora')]).toEqual([
      '231 of 240 ids match (96.3 %).',
      '9 do not: a, b, c …',
      '769 of 1,000 nodes of Cora get no row (76.9 %): x, y …',
    ]);
  });

  it('is quiet where nothing is missing, and agrees in number', () => {
    const whole = { ...match, matched: 240, withoutRow: 0 };
    expect([unmatchedText(whole), withoutRowText(whole, 'Cora')]).toEqual([
      '',
      'Every node of Cora gets a row.',
    ]);
    const one = {
      ...match,
      matched: 239,
      unmatchedExamples: ['a'],
      withoutRow: 1,
      withoutRowExamples: ['x'],
    };
    expect([unmatchedText(one), withoutRowText(one, 'Cora')]).toEqual([
      '1 does not: a',
      '1 of 1,000 nodes of Cora gets no row (0.1 %): x',
    ]);
  });

  it('takes hardly any match for a poor one, no rows for none', () => {
    expect([10, 24, 231].map((matched) => isPoorMatch({ ...match, matched }))).toEqual([true, false, false]);
    expect([isPoorMatch({ ...match, rows: 0, matched: 0 }), matchedText({ rows: 0, matched: 0 })]).toEqual([
      false,
      '0 of 0 ids match.',
    ]);
    expect(listed(['a'], 1)).toBe('a');
  });
});

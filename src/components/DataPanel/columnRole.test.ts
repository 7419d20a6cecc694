import { describe, expect, it } from 'vitest';
import type { Column } from '../../core/columns.ts';
import type { RunDescription } from '../../engine/runTypes.ts';
import { columnRole } from './columnRole.ts';
import { targetTask } from './targetTask.ts';

const numbers = (name: string, values: readonly number[] = [1, 2]): Column => ({
  kind: 'f32',
  name,
  length: values.length,
  validity: null,
  values: Float32Array.from(values),
});
const words = (name: string, dictionary: readonly string[]): Column => ({
  kind: 'category',
  name,
  length: dictionary.length,
  validity: null,
  codes: Int32Array.from(dictionary.keys()),
  dictionary,
});
const auto = { target: 'label', features: 'auto' } as const;
const run = {
  config: { target: 'label', features: 'auto' },
  features: ['size', 'colour (3 one-hot)'],
  leftOut: [
    { name: 'code', reason: 'an identifier' },
    { name: 'author.code', reason: 'free text' },
  ],
} as unknown as RunDescription;

describe('columnRole', () => {
  it('tells the target, also among several, and splits', () => {
    expect(columnRole(numbers('label'), 'node', true, auto, null)?.kind).toBe('target');
    const several = { ...auto, target: 'open, cited' };
    expect(columnRole(numbers('cited'), 'node', true, several, null)?.kind).toBe('target');
    expect(columnRole(words('split', ['train', 'test']), 'node', true, auto, null)?.kind).toBe('split');
    expect(columnRole(numbers('label'), 'author', false, auto, null)).toBeNull();
  });

  it('knows features and what was left out from the run, and nothing before it', () => {
    const roleOf = (name: string, type: string, isPredicted: boolean) =>
      columnRole(numbers(name), type, isPredicted, auto, run);
    expect(columnRole(numbers('size'), 'node', true, auto, null)).toBeNull();
    expect(roleOf('colour', 'node', true)).toEqual({ kind: 'feature', reason: '' });
    expect(roleOf('code', 'node', true)).toEqual({ kind: 'left out', reason: 'an identifier' });
    expect(roleOf('code', 'author', false)).toEqual({ kind: 'left out', reason: 'free text' });
  });

  it('says nothing of a run on another target', () => {
    expect(columnRole(numbers('size'), 'node', true, { ...auto, target: 'size2' }, run)).toBeNull();
  });

  it('follows the features that were chosen by hand', () => {
    const chosen = { ...auto, features: ['size'] };
    expect(columnRole(numbers('size'), 'node', true, chosen, run)?.kind).toBe('feature');
    expect(columnRole(numbers('weight'), 'node', true, chosen, run)?.kind).toBe('left out');
  });
});

describe('targetTask', () => {
  const known = ['node-classification', 'node-regression'];

  it('keeps the present task where it can predict the column, else takes the one that can', () => {
    const ages: Column = { ...numbers('age'), kind: 'i32', values: Int32Array.of(1, 2) };
    expect(targetTask(ages, 'node-regression', known)).toBe('node-regression');
    expect(targetTask(ages, 'node-classification', known)).toBe('node-classification');
    expect(targetTask(numbers('price'), 'node-classification', known)).toBe('node-regression');
    expect(targetTask(words('colour', ['red', 'blue']), 'node-regression', known)).toBe(
      'node-classification',
    );
  });

  it('has none for a single class, for a split, and where the engine knows no such task', () => {
    expect(targetTask(words('colour', ['red']), 'node-classification', known)).toBeNull();
    expect(targetTask(words('split', ['train', 'test']), 'node-classification', known)).toBeNull();
    expect(targetTask(numbers('price'), 'node-classification', ['node-classification'])).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { changedSetup } from './setupChange.ts';
import { setupFor } from './setupDefaults.ts';
import { outputOf, targetChoices } from './targets.ts';
import { testEngine, testTables } from './testEngine.ts';
import type { SetupSlice } from './types.ts';

const graph = testTables();
const first = setupFor(graph, {}, testEngine);
const change = (current: SetupSlice, patch: Partial<SetupSlice>): SetupSlice =>
  changedSetup(current, patch, testEngine, graph);

describe('setupFor', () => {
  it('starts with the likeliest label and the task’s own model', () => {
    expect(first).toEqual({
      task: 'node-classification',
      nodeType: 'paper',
      target: 'topic',
      model: 'gcn',
      preset: 'defaults',
      split: 'random:60/20/20',
      features: 'auto',
      edgeWeight: null,
      seed: 0,
      parameters: { epochs: 200, hidden: 16, focal: 0, buckets: 0, batching: 'auto' },
    });
  });
});

describe('what a task can predict', () => {
  it('is a label, several yes/no columns together, or a number', () => {
    const names = (task: string) => targetChoices(graph, task).map(({ target }) => target);
    expect(names('node-classification')).toEqual(['topic', 'open', 'cited', 'open,cited']);
    expect(names('node-regression')).toEqual(['price', 'height']);
    const output = (task: string, target: string | null) =>
      outputOf(graph, { task, nodeType: 'paper', target }, true);
    expect([
      output('node-classification', 'topic'),
      output('node-classification', 'open,cited'),
      output('node-regression', 'price'),
      outputOf(graph, first, false),
    ]).toEqual(['classes', 'labels', 'value', null]);
  });
});

describe('changedSetup', () => {
  it('another task brings its target and, untouched, its model', () => {
    const values = change(first, { task: 'node-regression' });
    expect(values).toEqual({
      ...first,
      task: 'node-regression',
      target: 'price',
      model: 'sage',
      parameters: { epochs: 100, hidden: 32, loss: 0, buckets: 0, batching: 'auto', fanOut: 10 },
    });
    expect(change(values, { task: 'node-classification' })).toEqual(first);
  });

  it('a model that was chosen stays, with what was changed', () => {
    const chosen = change(first, { model: 'sage', parameters: { ...first.parameters, buckets: 7 } });
    expect(chosen.parameters).toEqual({
      epochs: 100,
      hidden: 32,
      focal: 0,
      buckets: 0,
      batching: 'auto',
      fanOut: 10,
    });
    const edited = { ...chosen, parameters: { ...chosen.parameters, epochs: 300, buckets: 9, focal: 2 } };
    const values = change(edited, { task: 'node-regression' });
    expect([values.model, values.parameters]).toEqual([
      'sage',
      { epochs: 300, hidden: 32, loss: 0, buckets: 9, batching: 'auto', fanOut: 10 },
    ]);
  });

  it('drops a change that another model does not allow', () => {
    const edited = {
      ...first,
      parameters: { ...first.parameters, epochs: 7, hidden: 900, batching: 'clusters' },
    };
    expect(change(edited, { model: 'sage' }).parameters).toMatchObject({
      epochs: 7,
      hidden: 32,
      batching: 'clusters',
    });
    expect(change(edited, { model: 'majority' }).parameters).toEqual({ focal: 0, buckets: 0 });
  });

  it('a target that the model cannot learn brings the task’s default', () => {
    const majority = change(first, { model: 'majority' });
    expect(change(majority, { target: 'open' }).model).toBe('majority');
    expect(change(majority, { target: 'open,cited' }).model).toBe('gcn');
  });

  it('another node type brings a target of its own, or none', () => {
    expect(change(first, { nodeType: 'author' })).toMatchObject({ nodeType: 'author', target: null });
    const values = change(first, { task: 'node-regression' });
    expect(change(values, { nodeType: 'author' })).toMatchObject({ nodeType: 'author', target: 'height' });
  });

  it('the answer is no feature', () => {
    const chosen = { ...first, features: ['price', 'open'] };
    expect(change(chosen, { task: 'node-regression' }).features).toEqual(['open']);
    expect(change(chosen, { nodeType: 'author' }).features).toBe('auto');
  });

  it('leaves everything else alone', () =>
    expect(change(first, { split: 'fold:0/5' })).toEqual({ ...first, split: 'fold:0/5' }));
});

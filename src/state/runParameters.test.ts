import { describe, expect, it } from 'vitest';
import {
  DEFAULT_PRESET,
  editedParameters,
  filledValues,
  presetValues,
  recipeName,
  runParameters,
} from './runParameters.ts';
import { testEngine } from './testEngine.ts';

const gcn = { task: 'node-classification', model: 'gcn' };
const defaults = presetValues(testEngine, gcn, DEFAULT_PRESET);

describe('runParameters', () => {
  it('parts model, features and task, each id once, batches as the model offers them', () => {
    const idsOf = (model: string) => {
      const lists = runParameters(testEngine, { task: 'node-classification', model });
      return [lists.model, lists.features, lists.task].map((specs) => specs.map((spec) => spec.id));
    };
    expect(idsOf('gcn')).toEqual([['epochs', 'hidden'], ['buckets'], ['focal', 'batching']]);
    expect(idsOf('sage')).toEqual([['epochs', 'hidden'], ['buckets'], ['focal', 'batching', 'fanOut']]);
    expect(idsOf('majority')).toEqual([[], ['buckets'], ['focal']]);
    expect(idsOf('unknown')).toEqual([[], [], []]);
    const batching = runParameters(testEngine, gcn).task.find((spec) => spec.id === 'batching');
    expect(batching?.kind === 'choice' ? batching.options.map((option) => option.id) : []).toEqual([
      'auto',
      'full',
      'clusters',
    ]);
  });

  it('fill the form, keep what the task was told, and know no parameter that is not there', () => {
    const before = {
      ...gcn,
      preset: DEFAULT_PRESET,
      parameters: { ...defaults, epochs: 7, focal: 2, buckets: 3 },
    };
    const filled = filledValues(testEngine, before, 'paper');
    expect(filled).toEqual({ epochs: 200, hidden: 64, focal: 2, buckets: 8, batching: 'auto' });
    expect(filledValues(testEngine, { ...before, parameters: filled }, DEFAULT_PRESET)).toEqual({
      ...defaults,
      focal: 2,
      buckets: 8,
    });
  });

  it('say when they were edited', () => {
    const paper = presetValues(testEngine, gcn, 'paper');
    const recipe = { ...gcn, preset: 'paper', parameters: paper };
    expect([editedParameters(testEngine, recipe), recipeName(testEngine, recipe)]).toEqual([
      [],
      'As in the paper',
    ]);
    const edited = { ...recipe, parameters: { ...paper, hidden: 16 } };
    expect([editedParameters(testEngine, edited), recipeName(testEngine, edited)]).toEqual([
      ['hidden'],
      'As in the paper, edited',
    ]);
    expect(recipeName(null, { ...gcn, preset: DEFAULT_PRESET, parameters: {} })).toBe('Defaults');
  });
});

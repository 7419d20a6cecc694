import { describe, expect, it } from 'vitest';
import { defaultValues, type ParameterSpec, resolveValues } from './parameters.ts';
import { createRegistry } from './registry.ts';

const specs: readonly ParameterSpec[] = [
  { kind: 'integer', id: 'epochs', name: 'Epochs', help: '', min: 1, max: 10, step: 1, default: 5 },
  { kind: 'number', id: 'lr', name: 'Learning rate', help: '', min: 0, max: 1, step: 0.1, default: 0.1 },
  { kind: 'boolean', id: 'bias', name: 'Bias', help: '', default: true },
  {
    kind: 'choice',
    id: 'act',
    name: 'Activation',
    help: '',
    options: [{ id: 'relu', name: 'ReLU' }],
    default: 'relu',
  },
];

describe('resolveValues', () => {
  it('fills defaults and reads numbers and flags from text', () => {
    expect(resolveValues(specs, {})).toEqual(defaultValues(specs));
    expect(resolveValues(specs, { epochs: '7', bias: 'false' })).toEqual({
      epochs: 7,
      lr: 0.1,
      bias: false,
      act: 'relu',
    });
  });

  it.each([
    [{ epochs: 2.5 }, 'Epochs is 2.5; allowed is a whole number from 1 to 10.'],
    [{ lr: 2 }, 'Learning rate is 2; allowed is a number from 0 to 1.'],
    [{ lr: '' }, 'Learning rate is ; allowed is a number from 0 to 1.'],
    [{ bias: 'maybe' }, 'Bias is maybe; allowed is true or false.'],
    [{ act: 'tanh' }, 'Activation is tanh; allowed is relu.'],
    [{ wings: 2 }, "Unknown parameter 'wings'."],
  ])('refuses %j by name, value and what is allowed', (given, message) => {
    expect(() => resolveValues(specs, given)).toThrow(
      expect.objectContaining({ name: 'ParameterError', message }),
    );
  });
});

describe('createRegistry', () => {
  it('refuses a second entry of the same id and names near matches of an unknown one', () => {
    expect(() => createRegistry('model', [{ id: 'a' }, { id: 'a' }])).toThrow(
      "model 'a' is registered twice",
    );
    const registry = createRegistry('model', [{ id: 'gcn' }, { id: 'gat' }, { id: 'mlp' }]);
    expect(() => registry.get('gnc')).toThrow(
      expect.objectContaining({
        code: 'unknown-model',
        message: "There is no model 'gnc'.",
        remedy: "Did you mean 'gcn', 'gat', 'mlp'? Known: gcn, gat, mlp.",
      }),
    );
  });
});

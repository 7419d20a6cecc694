import { describe, expect, it } from 'vitest';
import type { RunDescription } from '../../engine/runTypes.ts';
import type { EngineCatalogue } from '../../engine/runTypes.ts';
import { changedSettings, learningRateText, scheduleName, temperatureText } from './runWords.ts';

const engine = {
  tasks: [{ id: 'label', parameters: [] }],
  models: [
    {
      id: 'gcn',
      parameters: [
        { kind: 'integer', id: 'hidden', name: 'Hidden units', default: 16 },
        { kind: 'boolean', id: 'residual', name: 'Residual', default: false },
        {
          kind: 'choice',
          id: 'schedule',
          name: 'Schedule',
          default: 'constant',
          options: [
            { id: 'constant', name: 'Constant' },
            { id: 'cosine', name: 'Cosine' },
          ],
        },
      ],
      presets: [],
      batching: [],
    },
  ],
  featureParameters: [],
  batchParameters: [],
} as unknown as EngineCatalogue;

const configOf = (parameters: RunDescription['config']['parameters']): RunDescription['config'] => ({
  task: 'label',
  nodeType: null,
  target: null,
  model: 'gcn',
  seed: 0,
  split: 'auto',
  features: 'auto',
  edgeWeight: null,
  parameters,
});

describe('what a run used', () => {
  it('names the learning rate with its schedule', () => {
    const cosine = configOf({ learningRate: 0.01, schedule: 'cosine' });
    expect([
      learningRateText(engine, cosine, 0.0004),
      learningRateText(engine, configOf({ learningRate: 0.01, schedule: 'constant' }), 0.01),
      learningRateText(engine, configOf({}), null),
    ]).toEqual(['0.01, cosine schedule, last 0.0004', '0.01, constant', null]);
    expect([scheduleName(engine, cosine), scheduleName(engine, configOf({}))]).toEqual(['cosine', null]);
  });

  it('lists the settings that are not the defaults', () => {
    expect([
      changedSettings(engine, configOf({ hidden: 64, residual: true, schedule: 'cosine' })),
      changedSettings(engine, configOf({ hidden: 16 })),
    ]).toEqual(['Hidden units 64, Residual on, Schedule Cosine', '']);
  });
});

describe('temperatureText', () => {
  const metrics = { train: {}, val: {}, test: { ece: 0.081, eceScaled: 0.032 } };

  it('says what T means and what it does', () => {
    expect(temperatureText({ temperature: 1.324, metrics })).toBe(
      'Logits divided by T = 1.32, fitted on validation nodes, give honest probabilities: the model is surer than it should be. Dividing turns a test calibration error of 8.1 % into 3.2 %. Probabilities shown and exported are the model’s own.',
    );
    expect(temperatureText({ temperature: 0.8, metrics: { ...metrics, test: {} } })).toContain(
      'T = 0.80, fitted on validation nodes, give honest probabilities: the model is less sure than it could be. Probabilities',
    );
  });

  it('is silent where none was fitted', () =>
    expect(temperatureText({ temperature: null, metrics })).toBeNull());
});

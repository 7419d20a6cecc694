/** Predict value: a number per node, learned from the nodes whose number is known. */
import type { RegressionLoss } from '../losses/maskedRegression.ts';
import { choiceValue } from '../models/trainerParameters.ts';
import { createValueHead } from './heads/valueHead.ts';
import { prepareNodeTask } from './nodeTask.ts';
import { VALUE_PARAMETERS } from './nodeTaskParameters.ts';
import type { TaskDescriptor } from './taskTypes.ts';

export const nodeRegression: TaskDescriptor = {
  id: 'node-regression',
  name: 'Predict value',
  summary: 'Learn a number for each node from the nodes whose number is known.',
  needsTarget: true,
  defaultModel: 'sage',
  headline: 'r2',
  parameters: VALUE_PARAMETERS,
  prepare: (input) =>
    prepareNodeTask(input, {
      task: nodeRegression,
      wanted: 'value',
      createHead: (target, split, headInput) =>
        createValueHead(target, split, headInput, {
          loss: choiceValue(input.values, 'loss', 'mse') as RegressionLoss,
          monitor: choiceValue(input.values, 'monitor', 'auto'),
        }),
      valueScale: (head) => (head as ReturnType<typeof createValueHead>).scale,
    }),
};

/** Predict label: one class per node, or several yes/no labels when the target holds them. */
import { choiceValue, isOn, numberOr } from '../models/trainerParameters.ts';
import { createClassHead } from './heads/classHead.ts';
import { createLabelHead } from './heads/labelHead.ts';
import { prepareNodeTask } from './nodeTask.ts';
import { CLASS_PARAMETERS } from './nodeTaskParameters.ts';
import type { TaskDescriptor } from './taskTypes.ts';

export const nodeClassification: TaskDescriptor = {
  id: 'node-classification',
  name: 'Predict label',
  summary: 'Learn the class of each node from the nodes whose class is known.',
  needsTarget: true,
  defaultModel: 'gcn',
  headline: 'accuracy',
  parameters: CLASS_PARAMETERS,
  prepare: (input) =>
    prepareNodeTask(input, {
      task: nodeClassification,
      wanted: 'label',
      createHead(target, split, headInput) {
        const isBalanced = isOn(input.values, 'classWeights');
        const monitor = choiceValue(input.values, 'monitor', 'auto');
        return target.kind === 'labels'
          ? createLabelHead(target, split, headInput, { isBalanced, monitor })
          : createClassHead(target, split, headInput, {
              isBalanced,
              focalGamma: numberOr(input.values, 'focalGamma', 0),
              monitor,
            });
      },
    }),
};

/** Every task, in menu order. To add one: its file, and a line here. */
import { createRegistry } from '../../core/registry.ts';
import { communityDetection } from './communityDetection.ts';
import { nodeClassification } from './nodeClassification.ts';
import { nodeRegression } from './nodeRegression.ts';
import type { TaskDescriptor } from './taskTypes.ts';

export const TASKS = createRegistry<TaskDescriptor>('task', [
  nodeClassification,
  nodeRegression,
  communityDetection,
]);

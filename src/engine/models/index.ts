/** Every model a person can pick, in menu order. To add one: its file, and a line here. */
import { createRegistry } from '../../core/registry.ts';
import { deepwalk } from './deepwalk.ts';
import { gcn } from './gcn.ts';
import { majority } from './majority.ts';
import { mlp } from './mlp.ts';
import type { ModelDescriptor } from './modelTypes.ts';

export const MODELS = createRegistry<ModelDescriptor>('model', [gcn, mlp, majority, deepwalk]);

/** Every optimiser a person can pick, in menu order. To add one: its file, and a line here. */
import { createRegistry } from '../../core/registry.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import type { Optimizer } from './optimizerTypes.ts';
import { sgd } from './sgd.ts';

export const OPTIMIZERS = createRegistry<Optimizer>('optimizer', [adam, adamw, sgd]);

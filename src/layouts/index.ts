/** The layouts on offer, the default first. */
import { createRegistry } from '../core/registry.ts';
import { circular } from './circular.ts';
import { forceAtlas2 } from './forceAtlas2.ts';

export const LAYOUTS = createRegistry('layout', [forceAtlas2, circular]);

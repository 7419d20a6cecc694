/** The projections on offer beside the live principal components, in the order of the menu. */
import { createRegistry } from '../core/registry.ts';
import type { ProjectionDescriptor } from './projectionTypes.ts';
import { tsne } from './tsne.ts';
import { umap } from './umap.ts';

export const PROJECTIONS = createRegistry<ProjectionDescriptor>('projection', [umap, tsne]);

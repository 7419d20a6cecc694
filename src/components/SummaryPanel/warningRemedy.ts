/** What a person can do about a warning, as a button; null where only they can know. Pure. */
import type { GraphWarning } from '../../core/graphSummary/summaryTypes.ts';
import type { SetupSlice } from '../../state/types.ts';

export type Remedy =
  | { readonly kind: 'hide'; readonly name: string; readonly columns: readonly string[] }
  | { readonly kind: 'setup'; readonly name: string; readonly change: Partial<SetupSlice> }
  | { readonly kind: 'build-edges'; readonly name: string };

/** A split that is drawn for these labels has every class in every part, where there are enough nodes. */
const DRAWN_SPLIT = 'random:60/20/20';

/** @param models ids of the models that can serve the set-up */
export function remedyFor(
  { code, columns }: Pick<GraphWarning, 'code' | 'columns'>,
  setup: Pick<SetupSlice, 'model' | 'split'>,
  models: readonly string[],
): Remedy | null {
  switch (code) {
    case 'target-leak':
    case 'identifier-column':
    case 'constant-column':
    case 'mostly-missing-column': {
      const name = columns.length === 1 ? `Leave out ${columns[0]}` : `Leave out all ${columns.length}`;
      return { kind: 'hide', name, columns };
    }
    case 'class-outside-train':
    case 'class-only-in-train':
      return setup.split.startsWith('random:')
        ? null
        : { kind: 'setup', name: 'Draw a random split', change: { split: DRAWN_SPLIT } };
    case 'low-homophily':
      return models.includes('mlp') && setup.model !== 'mlp'
        ? { kind: 'setup', name: 'Use a model without neighbours', change: { model: 'mlp' } }
        : null;
    case 'isolated-nodes':
      return { kind: 'build-edges', name: 'Build edges…' };
    case 'single-class':
    case 'tiny-classes':
    case 'imbalanced-classes':
    case 'test-without-train-neighbour':
      return null;
    default:
      return code satisfies never;
  }
}

/** How many of the fields behind a closed part differ from the recipe: nothing that a run uses is hidden without a word. */
import type { ParameterSpec } from '../../core/parameters.ts';

export function changedNote(specs: readonly ParameterSpec[], edited: readonly string[]): string {
  const count = specs.filter((spec) => edited.includes(spec.id)).length;
  return count === 0 ? '' : `${count} changed`;
}

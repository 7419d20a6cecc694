/** Explicit, ordered lists of descriptors. A duplicate id is a programming error; an unknown id names near matches. */
import { ParameterError } from './errors.ts';
import { nearMatches } from './nearMatches.ts';

export interface Registry<T extends { readonly id: string }> {
  readonly all: readonly T[];
  /** @throws {ParameterError} unknown id, with the closest known ids */
  get(id: string): T;
}

export function createRegistry<T extends { readonly id: string }>(
  what: string,
  entries: readonly T[],
): Registry<T> {
  const byId = new Map<string, T>();
  for (const entry of entries) {
    if (byId.has(entry.id)) throw new Error(`${what} '${entry.id}' is registered twice`);
    byId.set(entry.id, entry);
  }
  return {
    all: entries,
    get(id) {
      const found = byId.get(id);
      if (found !== undefined) return found;
      const near = nearMatches(id, byId.keys());
      throw new ParameterError(`There is no ${what} '${id}'.`, {
        code: `unknown-${what.replaceAll(' ', '-')}`,
        remedy: `Did you mean ${near.map((name) => `'${name}'`).join(', ')}? Known: ${[...byId.keys()].join(', ')}.`,
        details: { id },
      });
    },
  };
}

/** Explicit, ordered lists of descriptors. A duplicate id is a programming error; an unknown id names near matches. */
import { ParameterError } from './errors.ts';

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
      const near = [...byId.keys()].sort((a, b) => editDistance(a, id) - editDistance(b, id)).slice(0, 3);
      throw new ParameterError(`There is no ${what} '${id}'.`, {
        code: `unknown-${what.replaceAll(' ', '-')}`,
        remedy: `Did you mean ${near.map((name) => `'${name}'`).join(', ')}? Known: ${[...byId.keys()].join(', ')}.`,
        details: { id },
      });
    },
  };
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

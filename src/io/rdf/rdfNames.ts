/** Short names of IRIs: types, relations and attributes are called by the last part of theirs. */

/** Returns what follows the last '#', '/' or ':' of an IRI; the whole where nothing follows. */
export function localName(iri: string): string {
  const start = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/'), iri.lastIndexOf(':')) + 1;
  return start === iri.length ? iri : iri.slice(start);
}

/**
 * Returns a name for every IRI, no two alike: the local name, where it is taken `prefix:local` by the prefixes of the
 * file, and the whole IRI where that does not tell them apart. O(number of IRIs).
 * @param prefixes prefix by namespace
 * @param reserved names that are given away already
 */
export function shortNames(
  iris: readonly string[],
  prefixes: ReadonlyMap<string, string>,
  reserved: readonly string[] = [],
): string[] {
  const locals = iris.map(localName);
  const uses = new Map<string, number>(reserved.map((name) => [name, 1]));
  for (const local of locals) uses.set(local, (uses.get(local) ?? 0) + 1);
  // Whole IRIs come last and must still be free; one that is a reserved name itself is written as in Turtle.
  const taken = new Set([...reserved, ...iris]);
  for (const local of locals) if (uses.get(local) === 1) taken.add(local);
  return iris.map((iri, index) => {
    const local = locals[index] as string;
    if (uses.get(local) === 1) return local;
    const prefix = prefixes.get(iri.slice(0, iri.length - local.length)) ?? '';
    const prefixed = `${prefix}:${local}`;
    if (prefix === '' || taken.has(prefixed)) return reserved.includes(iri) ? `<${iri}>` : iri;
    taken.add(prefixed);
    return prefixed;
  });
}

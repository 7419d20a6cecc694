/** File names and column names of exports. */
import type { Graph } from '../core/graph.ts';

/** Returns `<graph>-<suffix>` with everything that some file system refuses replaced by `-`. */
export function exportFileName(graph: Graph, suffix: string): string {
  const name = graph.name
    .normalize('NFC')
    .replaceAll(/[^\p{Letter}\p{Number}._ -]+/gu, '-')
    .replaceAll(/\s+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80);
  return `${name === '' ? 'graph' : name}-${suffix}`;
}

/** Returns a function that hands out names, with `_2`, `_3`, … added where one was handed out before. */
export function uniqueNames(taken: Iterable<string> = [], separator = '_'): (wanted: string) => string {
  const used = new Set(taken);
  return (wanted) => {
    let name = wanted;
    for (let count = 2; used.has(name); count++) name = `${wanted}${separator}${count}`;
    used.add(name);
    return name;
  };
}

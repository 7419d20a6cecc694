/**
 * Edges between all nodes with the same value in a column: one address, one employer, one year. A value of m nodes makes
 * m(m − 1) ∕ 2 edges, so values of many nodes are left out: that many have in common says little about two of them.
 */
import { type Column, cellText } from '../columns.ts';
import { LimitError } from '../errors.ts';
import { type ParameterSpec, resolveValues, type ValuesOf } from '../parameters.ts';
import { groupBy } from '../sparseMatrix.ts';
import { numNodes } from '../graph.ts';
import { createPace } from './buildPace.ts';
import { chooseRows, countOf } from './chosenColumns.ts';
import { MAX_EDGES_SPEC } from './distanceWeights.ts';
import { createEdgeBuffer } from './edgeBuffer.ts';
import type { ColumnNeed, EdgeBuilderDescriptor } from './edgeBuilderTypes.ts';

const COLUMNS: ColumnNeed = {
  kinds: ['category', 'bool', 'i32', 'text', 'date'],
  least: 1,
  most: 1,
  words: 'one category, yes/no, whole-number, text or date column',
};

const PARAMETERS = [
  {
    kind: 'integer',
    id: 'maxMembers',
    name: 'Most nodes per value',
    help: 'Values that more nodes have are skipped and counted. 46 nodes are 1,035 edges, 1,000 are half a million.',
    min: 2,
    max: 10_000,
    step: 1,
    // The edges of a value stay near a thousand: m(m − 1) ∕ 2 = 1,035.
    default: 46,
    scale: 'log',
  },
  MAX_EDGES_SPEC,
] as const satisfies readonly ParameterSpec[];

export const sameValue: EdgeBuilderDescriptor = {
  id: 'same-value',
  name: 'Same value',
  summary: 'Joins all nodes that have the same value in a column, except values that very many nodes have.',
  source: 'standard',
  parameters: PARAMETERS,
  needs: { columns: COLUMNS, edges: false },
  async build(graph, choice, given, context) {
    const { maxMembers, maxEdges } = resolveValues(PARAMETERS, given) as ValuesOf<typeof PARAMETERS>;
    const pace = createPace(context, 'Joining equal values');
    await pace(0);
    const { nodeType, columns, rows, nodes, notes: missing } = chooseRows(graph, choice, COLUMNS);
    const { value, numValues } = numberValues(columns[0] as Column, rows);
    const { ptr, perm } = groupBy(value, numValues);
    const sizes = ptr.slice(1).map((end, at) => end - (ptr[at] as number));
    const kept = limitEdges(sizes, maxMembers, maxEdges);
    const edges = createEdgeBuffer(maxEdges, () => refuse(kept, maxMembers, maxEdges, sizes));
    for (let group = 0; group < numValues; group++) {
      if ((sizes[group] as number) > maxMembers) continue;
      const members = perm.subarray(ptr[group] as number, ptr[group + 1] as number);
      for (const [at, row] of members.entries()) {
        for (const other of members.subarray(at + 1)) {
          edges.push(nodes[row] as number, nodes[other] as number, 1);
        }
      }
      await pace(group / numValues);
    }
    await pace(1);
    const { source, target } = edges.finish(numNodes(graph));
    const notes = [...missing, ...skippedNote(sizes, maxMembers)];
    return { nodeType, source, target, weight: null, relation: 'same', directed: false, notes };
  },
};

/** Numbers the distinct values in order of their first row. O(rows), plus the text of text columns. */
function numberValues(column: Column, rows: Int32Array): { value: Int32Array; numValues: number } {
  const numberOf = new Map<string | number, number>();
  const value = rows.map((row) => {
    const key = valueKey(column, row);
    const known = numberOf.get(key);
    if (known !== undefined) return known;
    numberOf.set(key, numberOf.size);
    return numberOf.size - 1;
  });
  return { value, numValues: numberOf.size };
}

function valueKey(column: Column, row: number): string | number {
  if (column.kind === 'category') return column.codes[row] as number;
  if (column.kind === 'bool' || column.kind === 'i32' || column.kind === 'date') {
    return column.values[row] as number;
  }
  return cellText(column, row);
}

/** Number of edges of the values that at most `maxMembers` nodes have. */
function countEdges(sizes: Int32Array, maxMembers: number): number {
  let edges = 0;
  for (const size of sizes) if (size <= maxMembers) edges += (size * (size - 1)) / 2;
  return edges;
}

/** Returns the number of edges. @throws {LimitError} above `maxEdges`, naming a cap that fits */
function limitEdges(sizes: Int32Array, maxMembers: number, maxEdges: number): number {
  const edges = countEdges(sizes, maxMembers);
  if (edges > maxEdges) refuse(edges, maxMembers, maxEdges, sizes);
  return edges;
}

function refuse(edges: number, maxMembers: number, maxEdges: number, sizes: Int32Array): never {
  let fits = maxMembers;
  while (fits > 1 && countEdges(sizes, fits) > maxEdges) fits = Math.floor(fits * 0.8);
  const lower = fits >= 2 ? `Set Most nodes per value to ${fits}, or raise` : 'Raise';
  throw new LimitError(
    `Equal values make ${edges.toLocaleString('en')} edges; the limit is ${maxEdges.toLocaleString('en')}.`,
    { code: 'edge-limit', remedy: `${lower} Most edges.`, details: { edges, maxEdges, maxMembers, fits } },
  );
}

function skippedNote(sizes: Int32Array, maxMembers: number): string[] {
  const skipped = sizes.filter((size) => size > maxMembers);
  if (skipped.length === 0) return [];
  const nodes = skipped.reduce((sum, size) => sum + size, 0);
  return [
    `${countOf(skipped.length, 'value')} of more than ${maxMembers.toLocaleString('en')} nodes skipped (${countOf(nodes, 'node')}).`,
  ];
}

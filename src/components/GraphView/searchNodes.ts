/**
 * Finding nodes by id, text or category. Works on the UTF-8 bytes of the tables, so that no string is made for a node
 * that does not match; letters A–Z match in either case. Pure.
 */
import { type Column, isValid } from '../../core/columns.ts';
import { type Graph, isNodeDeleted } from '../../core/graph.ts';
import type { Utf8Table } from '../../core/utf8Table.ts';

export interface NodeMatch {
  readonly node: number;
  /** Where it matched: null = the id, else the column's name. */
  readonly column: string | null;
}

/** Bytes of text read for one search: about 20 ms. Later rows of longer tables are not searched. */
const MAX_BYTES = 12 * 1024 * 1024;

const encoder = new TextEncoder();

const folded = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

/** Rank of a match: 0 the whole text, 1 its beginning, 2 inside it, -1 none. */
function rankIn(table: Utf8Table, row: number, wanted: Uint8Array): number {
  const start = table.offsets[row] as number;
  const end = table.offsets[row + 1] as number;
  for (let from = start; from + wanted.length <= end; from++) {
    let at = 0;
    while (at < wanted.length && folded(table.bytes[from + at] as number) === wanted[at]) at += 1;
    if (at === wanted.length) return from > start ? 2 : end - start === wanted.length ? 0 : 1;
  }
  return -1;
}

interface Ranked extends NodeMatch {
  readonly rank: number;
}

/**
 * Returns up to `limit` nodes: whole ids first, then ids that begin with the query, then ids that contain it, then
 * category and text columns; node order within each. Empty for an empty query. O(bytes), at most 12 MiB.
 */
export function searchNodes(graph: Graph, query: string, limit: number): NodeMatch[] {
  const wanted = encoder.encode(query.trim().toLowerCase());
  if (wanted.length === 0) return [];
  const found: Ranked[] = [];
  const seen = new Set<number>();
  const perRank = [0, 0, 0, 0, 0, 0];
  const add = (node: number, rank: number, column: string | null): void => {
    if (rank < 0 || seen.has(node) || (perRank[rank] ?? 0) >= limit || isNodeDeleted(graph, node)) return;
    seen.add(node);
    perRank[rank] = (perRank[rank] ?? 0) + 1;
    found.push({ node, rank, column });
  };
  for (let node = 0; node < graph.nodeIds.length; node++)
    add(node, rankIn(graph.nodeIds, node, wanted), null);
  graph.nodeTypes.forEach((type, index) => {
    const start = graph.nodeTypePtr[index] as number;
    for (const column of type.columns) {
      if (found.length < limit)
        searchColumn(column, wanted, (row, rank) => add(start + row, 3 + rank, column.name));
    }
  });
  return found
    .sort((a, b) => a.rank - b.rank || a.node - b.node)
    .slice(0, limit)
    .map(({ node, column }) => ({ node, column }));
}

function searchColumn(column: Column, wanted: Uint8Array, add: (row: number, rank: number) => void): void {
  if (column.kind === 'category') {
    const text = new TextDecoder().decode(wanted);
    const isHit = column.dictionary.map((name) => name.toLowerCase().includes(text));
    if (!isHit.includes(true)) return;
    for (let row = 0; row < column.length; row++) {
      if (isValid(column, row) && isHit[column.codes[row] as number] === true) add(row, 0);
    }
  } else if (column.kind === 'text') {
    for (let row = 0; row < column.length && (column.text.offsets[row] as number) < MAX_BYTES; row++) {
      const rank = isValid(column, row) ? rankIn(column.text, row, wanted) : -1;
      if (rank >= 0) add(row, rank);
    }
  }
}

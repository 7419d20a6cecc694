/**
 * The CSV files that parsing is timed on: string ids, one weight, 1 million rows in 21 MB, as architecture section 9 says.
 * Deterministic; written in pieces, so that 5 million rows need no string of 100 MB.
 */
import { drawUniform } from '../src/core/random.ts';

const PIECE_ROWS = 50_000;

/** Yields the file piece by piece. @param nodes number of different ids */
export function* edgeFilePieces(edges: number, nodes: number): Generator<string, void> {
  yield 'source,target,weight\n';
  for (let from = 0; from < edges; from += PIECE_ROWS) {
    const rows: string[] = [];
    for (let edge = from; edge < Math.min(edges, from + PIECE_ROWS); edge++) {
      const source = Math.floor(drawUniform(1, edge) * nodes);
      const target = Math.floor(drawUniform(2, edge) ** 2 * nodes);
      rows.push(`n${source},n${target},${drawUniform(3, edge).toFixed(4)}\n`);
    }
    yield rows.join('');
  }
}

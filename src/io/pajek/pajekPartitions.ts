/**
 * Partitions and vectors of a Pajek project (.paj): one value per vertex, behind the networks. They are gathered before
 * the network is read, so that they can be attributes of its nodes.
 */
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { textLines } from '../bytes/readText.ts';
import { isSilent, sectionHeader, unquoted } from './pajekWords.ts';

export interface PajekPartition {
  readonly name: string;
  /** Value of each vertex as written. */
  readonly values: readonly string[];
}

interface Gathered {
  readonly name: string;
  readonly values: string[];
  size: number;
}

/** Network names end in .net, partitions in .clu, vectors in .vec, often with a comment behind. */
const plainName = (rest: string, kind: string): string =>
  unquoted(rest)
    .replace(/\.(?:clu|vec)\b.*$/i, '')
    .trim() || kind;

/**
 * Returns the partitions and vectors that have as many values as the first network has vertices. O(file).
 * @throws {LimitError | CancelledError}
 */
export async function readPartitions(file: ProbedFile, context: ReadContext): Promise<PajekPartition[]> {
  const found: Gathered[] = [];
  let open: Gathered | null = null;
  let networkSize = -1;
  for await (const lines of textLines(file, context)) {
    for (const { text } of lines) {
      if (isSilent(text)) continue;
      const header = sectionHeader(text);
      if (header === null) {
        if (open !== null && open.values.length < open.size) open.values.push(text.trim());
        continue;
      }
      const size = header.name === 'vertices' ? Number.parseInt(header.rest, 10) : 0;
      if (header.name === 'partition' || header.name === 'vector') {
        open = { name: plainName(header.rest, header.name), values: [], size: 0 };
        found.push(open);
      } else if (header.name === 'vertices' && open !== null && open.size === 0) open.size = size;
      else {
        open = null;
        if (header.name === 'vertices' && networkSize < 0) networkSize = size;
      }
    }
  }
  return found.filter(({ values, size }) => size === networkSize && values.length === size);
}

/**
 * Splits that keep rows together: the nodes of one document, household or batch are never on both sides of a border.
 */
import { setBit } from '../bitset.ts';
import { type Column, isValid } from '../columns.ts';
import { ParameterError } from '../errors.ts';
import { randomSequence, STREAM } from '../random.ts';
import { emptyNodeSplit, type NodeSplit, SPLIT_PARTS, type SplitPart } from '../split.ts';
import { utf8At } from '../utf8Table.ts';
import {
  labelledRows,
  leftOutNote,
  parseColumnShares,
  type SplitInput,
  splitColumnNamed,
  type SplitShares,
} from './splitInput.ts';

const FORM = 'group:COLUMN:60/20/20';

/**
 * Returns a split in which the labelled rows that share a value of the column share a part: `group:document:60/20/20`.
 *
 * Groups are shuffled, then placed from the largest to the smallest, each into the part that lacks most rows; every part
 * with a share gets at least one group. So no part exceeds its share by more than the size of the largest group.
 * Rows whose cell is missing are in no part, and counted in the notes.
 * Deterministic in (labelled rows, column, shares, seed). O(n log n).
 * @throws {ParameterError} no such column, a vector or sparse column, or fewer groups than parts
 */
export function groupNodeSplit(rest: string, text: string, input: SplitInput): NodeSplit {
  const { columnName, shares } = parseColumnShares(rest, text, FORM);
  const column = splitColumnNamed(input, columnName, text);
  const { groups, leftOut } = groupsOf(column, labelledRows(input.codes), text);
  const order = Int32Array.from(groups.keys());
  randomSequence(input.seed, STREAM.split).shuffle(order);
  const placed = [...order]
    .map((group) => groups[group] as readonly number[])
    .sort((a, b) => b.length - a.length);
  const parts = placeGroups(
    placed.map((rows) => rows.length),
    shares,
  );
  if (parts === null) {
    const needed = shares.filter((share) => share > 0).length;
    throw new ParameterError(
      `Split '${text}': the labelled nodes are in ${placed.length} groups by '${columnName}', too few for ${needed} parts.`,
      {
        code: 'split-groups',
        remedy: 'Choose a column with more different values, or give one part the share 0.',
        details: { split: text, column: columnName, groups: placed.length },
      },
    );
  }
  const split = emptyNodeSplit(text, input.seed, input.numNodes, leftOutNote(leftOut, columnName));
  placed.forEach((rows, at) => {
    for (const row of rows) setBit(split[parts[at] as SplitPart], input.offset + row);
  });
  return split;
}

/** Rows by value of the column, in the order the values first occur, and how many rows have none. */
function groupsOf(
  column: Column,
  rows: Int32Array,
  text: string,
): { readonly groups: readonly (readonly number[])[]; readonly leftOut: number } {
  const keyOf = groupKeys(column, text);
  const groups = new Map<string | number, number[]>();
  let leftOut = 0;
  for (const row of rows) {
    if (!isValid(column, row)) {
      leftOut++;
      continue;
    }
    const key = keyOf(row);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [row]);
    else members.push(row);
  }
  return { groups: [...groups.values()], leftOut };
}

/** Part of each group, sizes descending; null when there are fewer groups than parts with a share. */
function placeGroups(sizes: readonly number[], shares: SplitShares): readonly SplitPart[] | null {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const open = SPLIT_PARTS.map((part, at) => ({
    part,
    isEmpty: true,
    lacking: (shares[at] as number) * total,
  })).filter((_, at) => (shares[at] as number) > 0);
  if (sizes.length < open.length) return null;
  return sizes.map((size, at) => {
    const empty = open.filter((candidate) => candidate.isEmpty);
    const choices = sizes.length - at <= empty.length ? empty : open;
    const chosen = choices.reduce((best, candidate) => (candidate.lacking > best.lacking ? candidate : best));
    chosen.lacking -= size;
    chosen.isEmpty = false;
    return chosen.part;
  });
}

function groupKeys(column: Column, text: string): (row: number) => string | number {
  switch (column.kind) {
    case 'category':
      return (row) => column.codes[row] as number;
    case 'text':
      return (row) => utf8At(column.text, row);
    case 'vector':
    case 'sparse':
      throw new ParameterError(`Split '${text}': column '${column.name}' holds vectors, not groups.`, {
        code: 'split-column',
        remedy: 'Choose a category, text, number, date or true/false column.',
        details: { split: text, column: column.name, kind: column.kind },
      });
    default:
      return (row) => column.values[row] as number;
  }
}

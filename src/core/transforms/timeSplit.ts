/** Splits along time: learn from the past, tune on what came next, be judged on the newest. */
import { setBit } from '../bitset.ts';
import { type Column, isNumeric, isValid } from '../columns.ts';
import { ParameterError } from '../errors.ts';
import { emptyNodeSplit, type NodeSplit, type SplitPart } from '../split.ts';
import {
  labelledRows,
  leftOutNote,
  parseColumnShares,
  type SplitInput,
  splitColumnNamed,
  type SplitShares,
} from './splitInput.ts';

const FORM = 'time:COLUMN:60/20/20';

/**
 * Returns the labelled rows ordered by a date or number and cut at the shares: `time:year:60/20/20`, oldest in train,
 * newest in test. Rows of one moment stay together: a border that falls inside a moment moves to its nearer end (to the
 * earlier one when both are as near), and every part with a share keeps at least one moment.
 * Rows without a finite time are in no part, and counted in the notes. Nothing is drawn. O(n log n).
 * @throws {ParameterError} no such column, not a date or number, or fewer moments than parts
 */
export function timeNodeSplit(rest: string, text: string, input: SplitInput): NodeSplit {
  const { columnName, shares } = parseColumnShares(rest, text, FORM);
  const times = timesOf(splitColumnNamed(input, columnName, text), text);
  const labelled = labelledRows(input.codes);
  const rows = labelled.filter((row) => Number.isFinite(times[row]));
  rows.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  const momentEnds: number[] = [];
  rows.forEach((row, rank) => {
    if (times[row] !== times[rows[rank + 1] ?? -1]) momentEnds.push(rank + 1);
  });
  const needed = shares.filter((share) => share > 0).length;
  if (momentEnds.length < needed) {
    throw new ParameterError(
      `Split '${text}': the labelled nodes have ${momentEnds.length} different values of '${columnName}', too few for ${needed} parts.`,
      {
        code: 'split-times',
        remedy: 'Choose a column with more different times, or give one part the share 0.',
        details: { split: text, column: columnName, times: momentEnds.length },
      },
    );
  }
  const [trainEnd, valEnd] = borders(momentEnds, shares);
  const split = emptyNodeSplit(
    text,
    null,
    input.numNodes,
    leftOutNote(labelled.length - rows.length, columnName),
  );
  rows.forEach((row, rank) => {
    const part: SplitPart = rank < trainEnd ? 'train' : rank < valEnd ? 'val' : 'test';
    setBit(split[part], input.offset + row);
  });
  return split;
}

/** Ends of train and validation, as numbers of rows; both are ends of moments. */
function borders(momentEnds: readonly number[], [train, val, test]: SplitShares): [number, number] {
  const last = momentEnds.length - 1;
  const numRows = momentEnds[last] as number;
  const afterTrain = (val > 0 ? 1 : 0) + (test > 0 ? 1 : 0);
  const trainMoment = nearestEnd(momentEnds, train * numRows, 0, last - afterTrain);
  if (test === 0) return [afterTrain === 0 ? numRows : (momentEnds[trainMoment] as number), numRows];
  const valMoment =
    val === 0 ? trainMoment : nearestEnd(momentEnds, (train + val) * numRows, trainMoment + 1, last - 1);
  return [momentEnds[trainMoment] as number, momentEnds[valMoment] as number];
}

function nearestEnd(momentEnds: readonly number[], wanted: number, first: number, last: number): number {
  let best = first;
  for (let at = first; at <= last; at++) {
    const distance = Math.abs((momentEnds[at] as number) - wanted);
    if (distance < Math.abs((momentEnds[best] as number) - wanted)) best = at;
  }
  return best;
}

/** [n] times, NaN where there is none. */
function timesOf(column: Column, text: string): Float64Array {
  if (column.kind !== 'date' && !isNumeric(column)) {
    throw new ParameterError(`Split '${text}': column '${column.name}' holds neither dates nor numbers.`, {
      code: 'split-column',
      remedy: 'Choose a date or number column.',
      details: { split: text, column: column.name, kind: column.kind },
    });
  }
  return Float64Array.from(column.values, (value, row) => (isValid(column, row) ? value : Number.NaN));
}

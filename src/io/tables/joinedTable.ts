/** A further table about nodes that another table declares: its rows are found by id and its columns join theirs. */
import type { Column } from '../../core/columns.ts';
import { permuteColumn } from '../../core/columnPermutation.ts';
import { ParseError } from '../../core/errors.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import { cellString } from '../delimited/delimited.ts';
import type { ReadContext } from '../importTypes.ts';
import { counted, type NoticeList } from '../notices.ts';
import type { NodeFile, NodeStore } from './nodeStore.ts';
import { readTables } from './tableReader.ts';

/**
 * Reads a table of node attributes and hangs its columns on the node type. Rows of unknown ids are left out, of a repeated
 * id all but the first; both are counted. Nodes without a row have missing cells.
 * @throws {ParseError} no row names a node
 * @returns rows read. O(rows + nodes of the type)
 */
export async function joinNodeTable(
  file: Omit<NodeFile, 'typeCell'>,
  store: NodeStore,
  context: ReadContext,
  notices: NoticeList,
): Promise<number> {
  const { path } = file.table.table;
  const type = store.type(file.typeName);
  const nodeOfRow = new GrowableInt32();
  const seen = new Set<number>();
  const columns = await readTables(
    [
      {
        ...file.table,
        onRow(row) {
          const node = type.ids.find(
            row.bytes,
            row.starts[file.idCell] as number,
            row.ends[file.idCell] as number,
          );
          const isKept = node >= 0 && !seen.has(node);
          if (!isKept) note(notices, path, node < 0, row.line, () => cellString(row, file.idCell));
          else {
            seen.add(node);
            nodeOfRow.push(node);
          }
          return isKept;
        },
      },
    ],
    context,
    notices,
  );
  if (columns.numRows === 0) failNoMatch(path, file.typeName);
  notices.say({
    severity: 'info',
    code: 'table-joined',
    message: `${path}: ${columns.numRows.toLocaleString('en-US')} of ${counted(type.ids.length, 'node')} have a row.`,
    count: columns.numRows,
    file: path,
  });
  const found = nodeOfRow.finish();
  let finished: readonly Column[] | null = null;
  type.columns.push((length) => {
    // One row more than the table has: the missing row of nodes without one.
    finished ??= file.finish(columns.finish(found.length + 1));
    const perm = new Int32Array(length).fill(found.length);
    found.forEach((node, row) => {
      perm[node] = row;
    });
    return finished.map((column) => permuteColumn(column, perm));
  });
  return columns.rowsRead;
}

function note(notices: NoticeList, file: string, isUnknown: boolean, line: number, id: () => string): void {
  notices.add(
    isUnknown
      ? {
          severity: 'warning',
          code: 'unknown-row',
          file,
          words: (count) => `${file}: ${counted(count, 'row')} left out because no node has such an id.`,
        }
      : {
          severity: 'warning',
          code: 'repeated-row',
          file,
          words: (count) => `${file}: ${counted(count, 'row')} left out because the node already had one.`,
        },
    line,
    () => `node '${id()}'`,
  );
}

function failNoMatch(file: string, type: string): never {
  throw new ParseError(`${file}: no row names a node of type '${type}'.`, {
    code: 'no-match',
    remedy: 'Choose another id column, or give the table the role of nodes.',
    details: { file, type },
  });
}

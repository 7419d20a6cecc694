/** Text and cells inside JSON (RFC 8259), written piece by piece: no object ever stands for a node or an edge. */
import type { Column } from '../core/columns.ts';
import { exactCellText, isFinitePresent } from './cellValue.ts';
import type { Attribute, CellWriter } from './graphRecords.ts';

/** Returns the text as a JSON string. Unpaired surrogates become U+FFFD: not every reader takes them as escapes. */
export function jsonText(text: string): string {
  return JSON.stringify(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Returns one cell as a JSON value; '' for NaN and infinity, which JSON cannot hold. */
function jsonValue(attribute: Attribute, column: Column, row: number): string {
  if (!isFinitePresent(column, row)) return '';
  const text = exactCellText(column, row);
  switch (column.kind) {
    case 'f32':
    case 'f64':
    case 'i32':
    case 'bool':
    case 'vector':
      return attribute.kind === 'text' ? jsonText(text) : text;
    default:
      return jsonText(text);
  }
}

/** Returns the writer of cells as members of an object, each with a comma before it. */
export function jsonMembers(attributes: readonly Attribute[]): CellWriter {
  const names = attributes.map(({ name }) => jsonText(name));
  return (attribute, column, row) => {
    const value = jsonValue(attribute, column, row);
    return value === '' ? '' : `,${names[attribute.index] as string}:${value}`;
  };
}

/** Returns what goes before each item of a list: a line break, and a comma from the second on. */
export function listSeparator(): () => string {
  let isFirst = true;
  return () => {
    const text = isFirst ? '\n' : ',\n';
    isFirst = false;
    return text;
  };
}

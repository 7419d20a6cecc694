/** Where the keys of a grid lead (WAI-ARIA grid pattern, https://www.w3.org/WAI/ARIA/apg/patterns/grid/). Pure. */

/** A cell: `line` counts the rows shown from 0; the filter row is -1 and the header -2. */
export interface GridCell {
  readonly line: number;
  readonly column: number;
}

export const FILTER_LINE = -1;
export const HEADER_LINE = -2;
const PAGE_LINES = 20;

export interface GridSize {
  readonly numLines: number;
  readonly numColumns: number;
  readonly hasFilters: boolean;
}

export interface MoveKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Returns the cell the key leads to; null when it is not a key that moves. */
export function movedCell(press: MoveKey, from: GridCell, size: GridSize): GridCell | null {
  const isFar = press.ctrlKey || press.metaKey;
  const lastLine = size.numLines - 1;
  const lastColumn = size.numColumns - 1;
  switch (press.key) {
    case 'ArrowLeft':
      return clampedCell({ ...from, column: from.column - 1 }, size);
    case 'ArrowRight':
      return clampedCell({ ...from, column: from.column + 1 }, size);
    case 'ArrowDown':
      return clampedCell({ ...from, line: from.line + (skipsFilters(from.line, 1, size) ? 2 : 1) }, size);
    case 'ArrowUp':
      return clampedCell({ ...from, line: from.line - (skipsFilters(from.line, -1, size) ? 2 : 1) }, size);
    case 'PageDown':
      return clampedCell({ ...from, line: Math.max(0, from.line) + PAGE_LINES }, size);
    case 'PageUp':
      return clampedCell({ ...from, line: Math.max(0, from.line - PAGE_LINES) }, size);
    case 'Home':
      return clampedCell({ line: isFar ? 0 : from.line, column: 0 }, size);
    case 'End':
      return clampedCell({ line: isFar ? lastLine : from.line, column: lastColumn }, size);
    default:
      return null;
  }
}

const skipsFilters = (line: number, step: 1 | -1, { hasFilters }: GridSize): boolean =>
  !hasFilters && line + step === FILTER_LINE;

/** Returns the cell, or the nearest one where the grid ends before it. */
export function clampedCell(
  { line, column }: GridCell,
  { numLines, numColumns, hasFilters }: GridSize,
): GridCell {
  const lowest = numLines > 0 ? numLines - 1 : hasFilters ? FILTER_LINE : HEADER_LINE;
  return {
    line: Math.max(HEADER_LINE, Math.min(lowest, line)),
    column: Math.max(0, Math.min(numColumns - 1, column)),
  };
}

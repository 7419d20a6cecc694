/**
 * Anything reduced over the entries of CSR rows in WGSL, on the balanced tiles of webgpuPrograms.ts: a reduction says how
 * an entry joins a partial result and how two of those merge.
 */
import { laneTree, type ProgramOptions, RowTileProgram } from './webgpuPrograms.ts';

export interface RowReduction extends Omit<ProgramOptions, 'outputShape'> {
  /** Inputs in binding order; one is `rowPtr`. */
  readonly variableNames: readonly string[];
  /**
   * WGSL that defines the type `Partial` and `nothing() -> Partial`,
   * `withEntry(Partial, k : i32, row : i32, column : i32) -> Partial` (entry k of the row),
   * `merged(Partial, Partial) -> Partial`, `resultOf(Partial, column : i32)` (an output element).
   */
  readonly code: string;
}

const ROWS = `
  ${laneTree('lanesMerged', 'Partial', 'merged(a, b)')}

  fn reduced(span : vec2<i32>, first : i32, step : i32, row : i32, column : i32) -> Partial {
    var partial = nothing();
    for (var k = span.x + first; k < span.x + span.y; k += step) {
      partial = withEntry(partial, k, row, column);
    }
    return partial;
  }

  fn writeShortRow(span : vec2<i32>, row : i32, column : i32) {
    if (isMine(span, row, column)) {
      result[row * uniforms.outShape.y + column] = resultOf(reduced(span, 0, 1, row, column), column);
    }
  }

  fn writeLongRow(span : vec2<i32>, row : i32, column : i32, local : i32) {
    var partial = nothing();
    if (column < uniforms.outShape.y) {
      partial = reduced(span, local / TILE_COLUMNS, LANES, row, column);
    }
    let whole = lanesMerged(partial, local);
    if (local < TILE_COLUMNS && column < uniforms.outShape.y) {
      result[row * uniforms.outShape.y + column] = resultOf(whole, column);
    }
  }`;

/** Reduces the entries of `rows` rows, `width` columns each; the output is [rows, width]. */
export class RowReductionProgram extends RowTileProgram {
  constructor(reduction: RowReduction, rows: number, width: number) {
    super({ ...reduction, outputShape: [rows, width], code: `${reduction.code}\n${ROWS}` }, rows);
  }
}

/**
 * Returns the code of a sum: result[row, column] = `finish`(Σ_k `term`), where `term` is a WGSL expression of k, row and
 * column, and `finish` one of sum and column.
 */
export function rowSumCode(term: string, finish = 'sum'): string {
  return `
  alias Partial = f32;
  fn nothing() -> Partial {
    return 0.0;
  }
  fn withEntry(partial : Partial, k : i32, row : i32, column : i32) -> Partial {
    return partial + ${term};
  }
  fn merged(a : Partial, b : Partial) -> Partial {
    return a + b;
  }
  fn resultOf(sum : Partial, column : i32) -> f32 {
    return ${finish};
  }`;
}

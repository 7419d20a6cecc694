/**
 * WGSL frame for anything reduced over the entries of CSR rows, without atomics. A workgroup owns a tile of rows ×
 * columns, one invocation per output element. Rows longer than LONG_ROW are then taken one at a time by the whole
 * workgroup: its row lanes stride over the entries and their results meet in a fixed tree. A hub of 100,000 neighbours
 * so costs thousands of steps, not 100,000, and the order of operations depends on the matrix alone.
 */
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';

const WORKGROUP_SIZE = 256;
/** 16 float32 are one 64-byte memory transaction; wider tiles would leave fewer lanes for a long row. */
const MAX_TILE_COLUMNS = 16;
/** Below this the tree's barriers cost more than the idle lanes they save. */
const LONG_ROW = 128;

export interface RowReduction {
  /** Distinguishes `code` in the pipeline cache. */
  readonly key: string;
  /** Inputs in binding order; one is `rowPtr`. */
  readonly variableNames: readonly string[];
  /**
   * WGSL that defines the type `Partial` and `nothing() -> Partial`, `withEntry(Partial, k : i32, column : i32) -> Partial`
   * (entry k of the row), `merged(Partial, Partial) -> Partial`, `resultOf(Partial)` (an output element).
   */
  readonly code: string;
}

/** A span is a row's first entry and its number of entries. */
const declarations = (tileColumns: number): string => `
  const TILE_COLUMNS = ${tileColumns};
  const LANES = ${WORKGROUP_SIZE / tileColumns};
  const LONG_ROW = ${LONG_ROW};
  var<workgroup> lengths : array<i32, LANES>;
  var<workgroup> lanePartials : array<Partial, ${WORKGROUP_SIZE}>;
  var<workgroup> longSpan : vec2<i32>;

  fn reduced(span : vec2<i32>, first : i32, step : i32, column : i32) -> Partial {
    var partial = nothing();
    for (var k = span.x + first; k < span.x + span.y; k += step) {
      partial = withEntry(partial, k, column);
    }
    return partial;
  }`;

const SHORT_ROW = `
  fn writeShortRow(span : vec2<i32>, row : i32, column : i32) {
    if (span.y <= LONG_ROW && row < uniforms.outShape.x && column < uniforms.outShape.y) {
      result[row * uniforms.outShape.y + column] = resultOf(reduced(span, 0, 1, column));
    }
  }`;

const LONGEST_ROW = `
  fn longestRow(length : i32, local : i32) -> i32 {
    if (local % TILE_COLUMNS == 0) {
      lengths[local / TILE_COLUMNS] = length;
    }
    workgroupBarrier();
    for (var reach = LANES / 2; reach > 0; reach /= 2) {
      if (local < reach) {
        lengths[local] = max(lengths[local], lengths[local + reach]);
      }
      workgroupBarrier();
    }
    return workgroupUniformLoad(&lengths[0]);
  }`;

const LONG_ROWS = `
  fn writeLongRow(span : vec2<i32>, row : i32, column : i32, local : i32) {
    let lane = local / TILE_COLUMNS;
    lanePartials[local] = nothing();
    if (column < uniforms.outShape.y) {
      lanePartials[local] = reduced(span, lane, LANES, column);
    }
    workgroupBarrier();
    for (var reach = LANES / 2; reach > 0; reach /= 2) {
      if (lane < reach) {
        lanePartials[local] = merged(lanePartials[local], lanePartials[local + reach * TILE_COLUMNS]);
      }
      workgroupBarrier();
    }
    if (lane == 0 && column < uniforms.outShape.y) {
      result[row * uniforms.outShape.y + column] = resultOf(lanePartials[local]);
    }
  }`;

const MAIN = `
  fn main(index : i32) {
    let local = i32(localIndex);
    let lane = local / TILE_COLUMNS;
    let tile = index / ${WORKGROUP_SIZE};
    let tilesAcross = (uniforms.outShape.y + TILE_COLUMNS - 1) / TILE_COLUMNS;
    let firstRow = (tile / tilesAcross) * LANES;
    let column = (tile % tilesAcross) * TILE_COLUMNS + local % TILE_COLUMNS;
    let row = firstRow + lane;

    var span = vec2<i32>(0, 0);
    if (row < uniforms.outShape.x) {
      span = vec2<i32>(rowPtr[row], rowPtr[row + 1] - rowPtr[row]);
    }
    writeShortRow(span, row, column);
    if (longestRow(span.y, local) <= LONG_ROW) {
      return;
    }
    for (var turn = 0; turn < LANES; turn++) {
      if (local == turn * TILE_COLUMNS) {
        longSpan = span;
      }
      // Barriers need a branch that is uniform by proof, which only this load gives.
      let shareable = workgroupUniformLoad(&longSpan);
      if (shareable.y > LONG_ROW) {
        writeLongRow(shareable, firstRow + turn, column, local);
      }
    }
  }`;

/** Reduces the entries of `rows` rows, `width` columns each; the output is [rows, width]. */
export class RowReductionProgram implements WebGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly shaderKey: string;
  readonly dispatchLayout = { x: [0] };
  readonly workgroupSize: [number, number, number] = [WORKGROUP_SIZE, 1, 1];
  readonly dispatch: [number, number, number];
  private readonly tileColumns: number;
  private readonly code: string;

  constructor(reduction: RowReduction, rows: number, width: number) {
    let tileColumns = 1;
    while (tileColumns < Math.min(width, MAX_TILE_COLUMNS)) tileColumns *= 2;
    const tiles = Math.ceil(rows / (WORKGROUP_SIZE / tileColumns)) * Math.ceil(width / tileColumns);
    this.variableNames = [...reduction.variableNames];
    this.outputShape = [rows, width];
    this.shaderKey = `${reduction.key}_${tileColumns}`;
    this.dispatch = [tiles, 1, 1];
    this.tileColumns = tileColumns;
    this.code = reduction.code;
  }

  getUserCode(): string {
    return [this.code, declarations(this.tileColumns), SHORT_ROW, LONGEST_ROW, LONG_ROWS, MAIN].join('\n');
  }
}

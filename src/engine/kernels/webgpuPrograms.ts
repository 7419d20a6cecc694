/**
 * The two shapes of this project's WGSL programs. `ElementProgram`: one invocation per item. `RowTileProgram`: a
 * workgroup owns a tile of rows × columns, one invocation per pair; rows longer than LONG_ROW are then taken one at a
 * time by the whole workgroup, whose row lanes stride over the entries and meet in a fixed tree. A hub of 100,000
 * neighbours so costs thousands of steps, not 100,000, and the order of operations depends on the pattern alone. What
 * reduces each row to one output element is webgpuRowReduction.ts.
 */
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';

const WORKGROUP_SIZE = 256;
/** 16 float32 are one 64-byte memory transaction; wider tiles would leave fewer lanes for a long row. */
const MAX_TILE_COLUMNS = 16;
/** Below this the tree's barriers cost more than the idle lanes they save. */
const LONG_ROW = 128;

export interface ProgramOptions {
  /** Encodes everything that changes `code`, the input names included. */
  readonly key: string;
  readonly variableNames: readonly string[];
  readonly outputShape: readonly number[];
  /** WGSL declarations of further uniforms, `name : type,` each. */
  readonly uniforms?: string;
  readonly code: string;
}

/** `code` defines `fn compute(index : i32)`, which is called for every index below `count`. */
export class ElementProgram implements WebGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly shaderKey: string;
  readonly uniforms: string;
  readonly dispatchLayout = { x: [0] };
  readonly workgroupSize: [number, number, number] = [64, 1, 1];
  readonly dispatch: [number, number, number];
  private readonly code: string;

  /** The caller passes `count` as the first of the program's uniforms. */
  constructor(options: ProgramOptions, count: number) {
    this.variableNames = [...options.variableNames];
    this.outputShape = [...options.outputShape];
    this.shaderKey = options.key;
    this.uniforms = `count : i32, ${options.uniforms ?? ''}`;
    this.code = options.code;
    this.dispatch = [Math.ceil(count / 64), 1, 1];
  }

  getUserCode(): string {
    return `${this.code}
  fn main(index : i32) {
    if (index < uniforms.count) {
      compute(index);
    }
  }`;
  }
}

/**
 * Rows come from the input `rowPtr`, columns from the output's second axis. `code` defines, over a span (first entry,
 * number of entries) that is empty for rows outside the matrix:
 * `fn writeShortRow(span : vec2<i32>, row : i32, column : i32)`, one invocation, to return at once when `isMine` says no;
 * `fn writeLongRow(span : vec2<i32>, row : i32, column : i32, local : i32)`, all invocations, whose row lane is
 * `local / TILE_COLUMNS` of LANES and whose values meet in a `laneTree`.
 */
export class RowTileProgram implements WebGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly shaderKey: string;
  readonly uniforms: string;
  readonly dispatchLayout = { x: [0] };
  readonly workgroupSize: [number, number, number] = [WORKGROUP_SIZE, 1, 1];
  readonly dispatch: [number, number, number];
  private readonly code: string;

  constructor(options: ProgramOptions, rows: number) {
    const width = options.outputShape[1] as number;
    let tileColumns = 1;
    while (tileColumns < Math.min(width, MAX_TILE_COLUMNS)) tileColumns *= 2;
    const lanes = WORKGROUP_SIZE / tileColumns;
    this.variableNames = [...options.variableNames];
    this.outputShape = [...options.outputShape];
    this.shaderKey = `${options.key}_${tileColumns}`;
    this.uniforms = options.uniforms ?? '';
    this.code = [declarations(tileColumns), options.code, MAIN].join('\n');
    this.dispatch = [Math.ceil(rows / lanes) * Math.ceil(width / tileColumns), 1, 1];
  }

  getUserCode(): string {
    return this.code;
  }
}

const declarations = (tileColumns: number): string => `
  const TILE_COLUMNS = ${tileColumns};
  const LANES = ${WORKGROUP_SIZE / tileColumns};
  const LONG_ROW = ${LONG_ROW};
  var<workgroup> lengths : array<i32, LANES>;
  var<workgroup> longSpan : vec2<i32>;

  fn isMine(span : vec2<i32>, row : i32, column : i32) -> bool {
    return span.y <= LONG_ROW && row < uniforms.rowPtrShape - 1 && column < uniforms.outShape.y;
  }`;

/**
 * Returns WGSL of `fn name(value : type, local : i32) -> type`, which gives every invocation what the lanes of its column
 * meet in; `pair` is an expression of a and b. The first barrier ends reads of an earlier call.
 */
export function laneTree(name: string, type: string, pair: string): string {
  return `
  var<workgroup> ${name}Values : array<${type}, ${WORKGROUP_SIZE}>;

  fn ${name}(value : ${type}, local : i32) -> ${type} {
    workgroupBarrier();
    ${name}Values[local] = value;
    workgroupBarrier();
    for (var reach = LANES / 2; reach > 0; reach /= 2) {
      if (local / TILE_COLUMNS < reach) {
        let a = ${name}Values[local];
        let b = ${name}Values[local + reach * TILE_COLUMNS];
        ${name}Values[local] = ${pair};
      }
      workgroupBarrier();
    }
    return ${name}Values[local % TILE_COLUMNS];
  }`;
}

const MAIN = `
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
  }

  fn main(index : i32) {
    let local = i32(localIndex);
    let lane = local / TILE_COLUMNS;
    let tile = index / ${WORKGROUP_SIZE};
    let tilesAcross = (uniforms.outShape.y + TILE_COLUMNS - 1) / TILE_COLUMNS;
    let firstRow = (tile / tilesAcross) * LANES;
    let column = (tile % tilesAcross) * TILE_COLUMNS + local % TILE_COLUMNS;
    let row = firstRow + lane;

    var span = vec2<i32>(0, 0);
    if (row < uniforms.rowPtrShape - 1) {
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

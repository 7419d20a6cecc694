/**
 * Sparse × dense product in WGSL, without atomics. A workgroup owns a tile of rows × columns, one invocation per output
 * element. Rows longer than LONG_ROW are then taken one at a time by the whole workgroup: its row lanes stride over the
 * entries and their sums meet in a fixed tree. A hub of 100,000 neighbours so costs thousands of steps, not 100,000,
 * and the order of additions depends on the matrix alone.
 */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { assertBindable } from '../webgpuLimits.ts';
import { SPMM_KERNEL, type SpmmInputs } from './op.ts';

const WORKGROUP_SIZE = 256;
/** 16 float32 are one 64-byte memory transaction; wider tiles would leave fewer lanes for a long row. */
const MAX_TILE_COLUMNS = 16;
/** Below this the tree's barriers cost more than the idle lanes they save. */
const LONG_ROW = 128;

/** A span is a row's first entry and its number of entries. */
const declarations = (tileColumns: number, hasPerm: boolean): string => `
  const TILE_COLUMNS = ${tileColumns};
  const LANES = ${WORKGROUP_SIZE / tileColumns};
  const LONG_ROW = ${LONG_ROW};
  var<workgroup> lengths : array<i32, LANES>;
  var<workgroup> laneSums : array<f32, ${WORKGROUP_SIZE}>;
  var<workgroup> longSpan : vec2<i32>;

  fn sumOf(span : vec2<i32>, first : i32, step : i32, column : i32) -> f32 {
    var sum = 0.0;
    for (var k = span.x + first; k < span.x + span.y; k += step) {
      let value = values[${hasPerm ? 'perm[k]' : 'k'}];
      sum += value * x[colIndex[k] * uniforms.outShape.y + column];
    }
    return sum;
  }`;

const SHORT_ROW = `
  fn writeShortRow(span : vec2<i32>, row : i32, column : i32) {
    if (span.y <= LONG_ROW && row < uniforms.outShape.x && column < uniforms.outShape.y) {
      result[row * uniforms.outShape.y + column] = sumOf(span, 0, 1, column);
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
    laneSums[local] = 0.0;
    if (column < uniforms.outShape.y) {
      laneSums[local] = sumOf(span, lane, LANES, column);
    }
    workgroupBarrier();
    for (var reach = LANES / 2; reach > 0; reach /= 2) {
      if (lane < reach) {
        laneSums[local] += laneSums[local + reach * TILE_COLUMNS];
      }
      workgroupBarrier();
    }
    if (lane == 0 && column < uniforms.outShape.y) {
      result[row * uniforms.outShape.y + column] = laneSums[local];
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

class SpmmProgram implements WebGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly shaderKey: string;
  readonly dispatchLayout = { x: [0] };
  readonly workgroupSize: [number, number, number] = [WORKGROUP_SIZE, 1, 1];
  readonly dispatch: [number, number, number];
  private readonly tileColumns: number;
  private readonly hasPerm: boolean;

  constructor(rows: number, width: number, hasPerm: boolean) {
    let tileColumns = 1;
    while (tileColumns < Math.min(width, MAX_TILE_COLUMNS)) tileColumns *= 2;
    const tiles = Math.ceil(rows / (WORKGROUP_SIZE / tileColumns)) * Math.ceil(width / tileColumns);
    this.variableNames = ['rowPtr', 'colIndex', 'values', ...(hasPerm ? ['perm'] : []), 'x'];
    this.outputShape = [rows, width];
    this.shaderKey = `graphSpmm_${tileColumns}_${hasPerm}`;
    this.dispatch = [tiles, 1, 1];
    this.tileColumns = tileColumns;
    this.hasPerm = hasPerm;
  }

  getUserCode(): string {
    return [declarations(this.tileColumns, this.hasPerm), SHORT_ROW, LONGEST_ROW, LONG_ROWS, MAIN].join('\n');
  }
}

function spmmOnWebgpu(inputs: SpmmInputs, backend: WebGPUBackend): TensorInfo {
  const { rowPtr, colIndex, values, perm, x } = inputs;
  const rows = (rowPtr.shape[0] as number) - 1;
  const width = x.shape[1] as number;
  // A buffer of zero bytes cannot be bound.
  if (colIndex.size === 0)
    return backend.makeTensorInfo([rows, width], 'float32', new Float32Array(rows * width));
  assertBindable('spmm', [...Object.values(inputs).map(({ shape }) => shape), [rows, width]], backend);
  const program = new SpmmProgram(rows, width, perm !== undefined);
  const ordered = perm === undefined ? [rowPtr, colIndex, values, x] : [rowPtr, colIndex, values, perm, x];
  return backend.runWebGPUProgram(program, ordered, 'float32');
}

export const spmmWebgpuKernel: KernelConfig = {
  kernelName: SPMM_KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => spmmOnWebgpu(inputs as SpmmInputs, backend as WebGPUBackend),
};

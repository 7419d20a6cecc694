/**
 * What a device's row gather and its transpose must do, as vitest cases on the current tfjs backend. Call inside a
 * `describe` whose `beforeAll` has set the backend. Tests only.
 */
import { grad, memory, mul, square, sum, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { drawUint32 } from '../../../core/random.ts';
import { disagreement } from '../kernelCases.ts';
import { normalOperand, numericGradient, tensorOf } from '../numericGradient.ts';
import { differentBits, normals, SMALL_PATTERNS, take } from '../segmentSoftmax/segmentCases.ts';
import { uploadSparse } from '../sparseTensors.ts';
import {
  entrySources,
  entryTargets,
  gatherRows,
  type RowGroups,
  scatterAddRows,
  uploadRowGroups,
} from './op.ts';
import { gatherRowsReference, scatterAddRowsReference } from './reference.ts';

interface GatherCase {
  readonly name: string;
  readonly index: Int32Array;
  readonly numRows: number;
  readonly width: number;
}

const drawn = (length: number, numRows: number): Int32Array =>
  Int32Array.from({ length }, (_, i) => drawUint32(numRows, i) % numRows);

/** Row r is read as often as `lengths[r]` says; outputs in an order far from that of the rows. */
function shuffled(lengths: readonly number[]): Int32Array {
  const ascending = lengths.flatMap((length, row) => Array.from({ length }, () => row));
  const size = ascending.length;
  // 7,919 is prime and larger than any factor of the sizes used here: a permutation.
  return Int32Array.from({ length: size }, (_, i) => ascending[(i * 7919) % size] as number);
}

export function gatherCases(): GatherCase[] {
  const thresholds = shuffled([0, 1, 2, 3, 4, 5, 15, 16, 17, 127, 128, 129, 0, 255, 257, 1025, 4099]);
  const oneHub = Int32Array.from({ length: 100_500 }, (_, i) => (i % 201 === 0 ? 1 + (i % 7) : 0));
  return [
    { name: 'one row, read once', index: Int32Array.of(0), numRows: 1, width: 3 },
    { name: 'no outputs', index: new Int32Array(0), numRows: 5, width: 4 },
    { name: 'no rows', index: new Int32Array(0), numRows: 0, width: 4 },
    { name: 'width 0', index: Int32Array.of(1, 0), numRows: 2, width: 0 },
    { name: 'rows never read', index: Int32Array.of(5, 2, 5), numRows: 8, width: 5 },
    { name: 'in row order', index: Int32Array.of(0, 0, 1, 3, 3, 3), numRows: 4, width: 6 },
    ...[1, 2, 3, 4, 7, 16, 17, 64, 513].map((width) => ({
      name: `width ${width}`,
      index: drawn(300, 97),
      numRows: 97,
      width,
    })),
    { name: 'lengths around thresholds, width 1', index: thresholds, numRows: 17, width: 1 },
    { name: 'lengths around thresholds, width 20', index: thresholds, numRows: 17, width: 20 },
    { name: 'a row read 100,000 times, width 1', index: oneHub, numRows: 8, width: 1 },
    { name: 'a row read 100,000 times, width 5', index: oneHub, numRows: 8, width: 5 },
  ];
}

/** Gather of x and scatter of y, each once forward and once as the other's gradient. */
async function bothWays({ index, numRows, width }: GatherCase, x: Float32Array, y: Float32Array) {
  const groups = uploadRowGroups(index, numRows);
  const results = tidy(() => {
    const rows = tensor2d(x, [numRows, width]);
    const outputs = tensor2d(y, [index.length, width]);
    return {
      gathered: gatherRows(rows, groups),
      scattered: scatterAddRows(outputs, groups),
      gatherGradient: grad((input) => gatherRows(input as Tensor2D, groups))(rows, outputs),
      scatterGradient: grad((input) => scatterAddRows(input as Tensor2D, groups))(outputs, rows),
    };
  });
  groups.dispose();
  return await take(...Object.values(results));
}

const inputsOf = ({ index, numRows, width }: GatherCase): [Float32Array, Float32Array] => [
  normals(numRows * width, 51),
  normals(index.length * width, 52),
];

function agrees(): void {
  it.each(gatherCases())('agrees with the reference, forward and backward: $name', async (test) => {
    const { index, numRows, width } = test;
    const [x, y] = inputsOf(test);
    const [gathered, scattered, gatherGradient, scatterGradient] = await bothWays(test, x, y);
    const expected = gatherRowsReference(x, index, width);
    expect(differentBits(gathered as Float32Array, expected)).toBe(0);
    expect(differentBits(scatterGradient as Float32Array, expected)).toBe(0);
    const sums = scatterAddRowsReference(y, index, numRows, width);
    const sizes = scatterAddRowsReference(y.map(Math.abs), index, numRows, width);
    expect(disagreement(scattered as Float32Array, sums, sizes, width)).toBeNull();
    expect(differentBits(gatherGradient as Float32Array, scattered as Float32Array)).toBe(0);
  });
}

function servesEntries(): void {
  it.each(SMALL_PATTERNS)('reaches rows and columns of every entry: $name', async ({ matrix }) => {
    const { rows, cols, rowPtr, colIndex } = matrix;
    const device = uploadSparse(matrix);
    const rowOf = Int32Array.from(colIndex, (_, k) => rowPtr.findLastIndex((first) => first <= k));
    for (const [groups, index, numRows] of [
      [entryTargets(device), rowOf, rows],
      [entrySources(device), colIndex, cols],
    ] as [RowGroups, Int32Array, number][]) {
      const [x, y] = [normals(numRows * 3, 53), normals(index.length * 3, 54)];
      const results = tidy(() => [
        gatherRows(tensor2d(x, [numRows, 3]), groups),
        scatterAddRows(tensor2d(y, [index.length, 3]), groups),
      ]);
      const [gathered, scattered] = await take(...results);
      expect(differentBits(gathered as Float32Array, gatherRowsReference(x, index, 3))).toBe(0);
      const sums = scatterAddRowsReference(y, index, numRows, 3);
      const sizes = scatterAddRowsReference(y.map(Math.abs), index, numRows, 3);
      expect(disagreement(scattered as Float32Array, sums, sizes, 3)).toBeNull();
    }
    device.dispose();
  });
}

function matchesFiniteDifferences(): void {
  it('has the gradients that finite differences give', async () => {
    const groups = uploadRowGroups(Int32Array.of(3, 0, 3, 1, 3), 5);
    const [rowWeights, outputWeights] = [normalOperand(55, 5, 2), normalOperand(56, 5, 2)].map(tensorOf);
    const objectives = [
      (x: Tensor2D) => sum(mul(outputWeights as Tensor2D, square(gatherRows(x, groups)))),
      (y: Tensor2D) => sum(mul(rowWeights as Tensor2D, square(scatterAddRows(y, groups)))),
    ];
    for (const objective of objectives) {
      const operand = normalOperand(57, 5, 2);
      const [analytic] = await take(tidy(() => grad((x) => objective(x as Tensor2D))(tensorOf(operand))));
      const numeric = await numericGradient(objective, [operand], 0);
      const errors = numeric.map((value, at) => Math.abs(value - ((analytic as Float32Array)[at] as number)));
      expect(Math.max(...errors)).toBeLessThan(1e-2);
    }
    for (const tensor of [rowWeights, outputWeights, groups]) tensor?.dispose();
  });
}

function repeatsItself(): void {
  const repeated = gatherCases().filter(({ name }) => name.includes('100,000') || name.includes('20'));
  it.each(repeated)('gives the same bits from run to run: $name', async (test) => {
    const [x, y] = inputsOf(test);
    const [first, second] = [await bothWays(test, x, y), await bothWays(test, x, y)];
    const differences = first.map((values, at) => differentBits(values, second[at] as Float32Array));
    expect(differences).toEqual([0, 0, 0, 0]);
  });
}

function leaksNothing(): void {
  it('keeps no tensor and no buffer, empty cases included', async () => {
    const before = memory();
    for (const test of gatherCases().filter(({ name }) => !name.includes('100,000'))) {
      await bothWays(test, ...inputsOf(test));
    }
    const { numTensors, numDataBuffers } = memory();
    expect([numTensors, numDataBuffers]).toEqual([before.numTensors, before.numDataBuffers]);
  });
}

/** Declares the cases on the current backend. */
export function gatherRowsContract(): void {
  agrees();
  servesEntries();
  matchesFiniteDifferences();
  repeatsItself();
  leaksNothing();
}

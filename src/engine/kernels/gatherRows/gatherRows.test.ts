/** Row gather and scatter-add in Node: the contract on cpu and wasm, refusals, thread counts. */
import { tensor2d, tidy } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngineHost } from '../../../cli/engineHost.ts';
import { atThreadCounts, describeOnWasm, expectSameBits } from '../../../cli/wasmTesting.ts';
import { ParameterError, ShapeError } from '../../../core/errors.ts';
import { startBackend } from '../../backend.ts';
import { disagreement } from '../kernelCases.ts';
import { hubPattern, normals } from '../segmentSoftmax/segmentCases.ts';
import { uploadSparse } from '../sparseTensors.ts';
import { gatherRowsContract } from './gatherRowsContract.ts';
import { entrySources, gatherRows, scatterAddRows, uploadRowGroups } from './op.ts';
import { scatterAddRowsReference } from './reference.ts';

describe('gatherRows on cpu', () => {
  beforeAll(async () => {
    await startBackend('cpu', nodeEngineHost());
  });

  gatherRowsContract();

  it.each([
    [Int32Array.of(0, 3, 1), 1, 3],
    [Int32Array.of(0, 1, -1), 2, -1],
  ])('refuses an index outside the rows: %o', (indices, position, index) => {
    expect(() => uploadRowGroups(indices, 3)).toThrow(
      new ParameterError(`gatherRows: index ${position} is ${index}, outside 0 to 2.`, {
        code: 'row-index',
        remedy: 'Give indices of existing rows.',
        details: { position, index, numRows: 3 },
      }),
    );
  });

  it('refuses operands that do not fit the groups', () => {
    const groups = uploadRowGroups(Int32Array.of(0, 2), 3);
    const x = tensor2d([1, 2, 3, 4], [4, 1]);
    const error = (where: string, name: string, expected: (number | string)[]): ShapeError =>
      new ShapeError(`${where}: ${name} is [4, 1], expected [${expected.join(', ')}].`, {
        code: 'shape',
        remedy: `Give ${name} the shape [${expected.join(', ')}].`,
        details: { where, expected, received: [4, 1] },
      });
    expect(() => gatherRows(x, groups)).toThrow(error('gatherRows', 'x', [3, 'F']));
    expect(() => scatterAddRows(x, groups)).toThrow(error('scatterAddRows', 'y', [2, 'F']));
    groups.dispose();
    x.dispose();
  });

  it('uploads no order when the outputs are in row order', () => {
    const ordered = uploadRowGroups(Int32Array.of(0, 0, 2), 3);
    const mixed = uploadRowGroups(Int32Array.of(2, 0, 0), 3);
    expect([ordered.perm, mixed.perm?.shape]).toEqual([null, [3]]);
    ordered.dispose();
    mixed.dispose();
  });
});

describeOnWasm('gatherRows', () => {
  gatherRowsContract();

  it('adds up random groups', () => {
    const size = fc.integer({ min: 1, max: 40 });
    const groupings = fc
      .integer({ min: 1, max: 50 })
      .chain((numRows) =>
        fc.record({ numRows: fc.constant(numRows), index: fc.array(fc.nat(numRows - 1)), width: size }),
      );
    fc.assert(
      fc.property(groupings, ({ numRows, index, width }) => {
        const groups = uploadRowGroups(Int32Array.from(index), numRows);
        const y = normals(index.length * width, 58);
        const sums = tidy(() => scatterAddRows(tensor2d(y, [index.length, width]), groups).dataSync());
        groups.dispose();
        const expected = scatterAddRowsReference(y, index, numRows, width);
        const sizes = scatterAddRowsReference(y.map(Math.abs), index, numRows, width);
        expect(disagreement(sums, expected, sizes, width)).toBeNull();
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

describe('gatherRows on wasm', () => {
  it('gives the same bits on 1, 2 and 3 threads', async () => {
    const { matrix } = hubPattern(100_000);
    const y = normals(matrix.colIndex.length * 6, 59);
    const [one, two, three] = await atThreadCounts(() => {
      const device = uploadSparse(matrix);
      const groups = entrySources(device);
      const there = tidy(() => {
        const sums = scatterAddRows(tensor2d(y, [matrix.colIndex.length, 6]), groups);
        return gatherRows(sums, groups).dataSync();
      });
      device.dispose();
      return there as Float32Array;
    });
    expectSameBits(two as Float32Array, one as Float32Array);
    expectSameBits(three as Float32Array, one as Float32Array);
  });
});

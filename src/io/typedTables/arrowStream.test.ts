import { tableFromArrays, tableFromIPC, tableToIPC } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import { arrowStream } from './arrowStream.ts';

const table = tableFromArrays({ a: [1, 2, 3], b: ['x', null, 'z'], c: [[1], [2, 3], []] });
const file = tableToIPC(table, { format: 'file' }) as Uint8Array;
const stream = tableToIPC(table, { format: 'stream' }) as Uint8Array;

describe('arrowStream', () => {
  it.each([
    ['a file', file],
    ['a stream', stream],
  ])('keeps what %s holds', (_, bytes) => {
    expect(tableFromIPC(arrowStream(bytes)).toArray()).toEqual(table.toArray());
  });

  it('refuses every length that is larger than the bytes there are', () => {
    let refused = 0;
    for (let at = 8; at + 4 <= stream.length; at += 4) {
      const damaged = stream.slice();
      new DataView(damaged.buffer).setUint32(at, 0x0fff_ffff, true);
      try {
        arrowStream(damaged);
      } catch {
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(5);
  });

  it.each([
    ['cut in its footer', file.slice(0, -12)],
    ['of only its mark', new TextEncoder().encode('ARROW1')],
    ['cut in its body', stream.slice(0, stream.length - 60)],
  ])('refuses a file %s', (_, bytes) => {
    expect(() => arrowStream(bytes)).toThrow();
  });
});

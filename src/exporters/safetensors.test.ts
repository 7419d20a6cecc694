import { describe, expect, it } from 'vitest';
import { writeSafetensors } from './safetensors.ts';

describe('writeSafetensors', () => {
  it('writes a header that says where each tensor lies, and the numbers there', () => {
    const file = writeSafetensors(
      [
        { name: 'conv1.weight', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
        { name: 'conv1.bias', shape: [1], values: Float32Array.of(-0.5) },
      ],
      { model: 'gcn' },
    );
    const view = new DataView(file.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect((8 + length) % 8).toBe(0);
    const header: unknown = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
    expect(header).toEqual({
      __metadata__: { model: 'gcn' },
      'conv1.weight': { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
      'conv1.bias': { dtype: 'F32', shape: [1], data_offsets: [16, 20] },
    });
    expect(view.getFloat32(8 + length + 4, true)).toBe(2);
    expect(view.getFloat32(8 + length + 16, true)).toBe(-0.5);
    expect(file.length).toBe(8 + length + 20);
  });
});

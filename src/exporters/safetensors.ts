/**
 * Writes tensors as safetensors: an 8-byte little-endian header length, a JSON header, then the data, 8-byte aligned.
 * Source: https://github.com/huggingface/safetensors (format section). float32 only.
 */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Returns the file. `metadata` values must be text, as the format asks. O(bytes). */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const json = JSON.stringify(header);
  const encoded = new TextEncoder().encode(json);
  const padding = (8 - (encoded.length % 8)) % 8;
  const file = new Uint8Array(8 + encoded.length + padding + offset);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(encoded.length + padding), true);
  file.set(encoded, 8);
  file.fill(0x20, 8 + encoded.length, 8 + encoded.length + padding);
  let at = 8 + encoded.length + padding;
  for (const { values } of tensors) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return file;
}

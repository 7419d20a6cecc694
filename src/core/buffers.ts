/**
 * Allocation of column buffers. When the page is cross-origin isolated they are `SharedArrayBuffer`s, so that every
 * worker sees the same bytes; otherwise plain buffers, copied once per worker and graph version.
 * NOTE: TextDecoder, Blob and IndexedDB refuse shared memory: use `unshared` before handing bytes to them.
 */

const canShare: boolean = globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';

function buffer(sizeBytes: number): ArrayBuffer {
  // The element types of our columns do not distinguish shared from plain memory; only `unshared` callers care.
  return (canShare ? new SharedArrayBuffer(sizeBytes) : new ArrayBuffer(sizeBytes)) as ArrayBuffer;
}

export const allocateFloat32 = (length: number): Float32Array => new Float32Array(buffer(length * 4));
export const allocateFloat64 = (length: number): Float64Array => new Float64Array(buffer(length * 8));
export const allocateInt32 = (length: number): Int32Array => new Int32Array(buffer(length * 4));
export const allocateUint32 = (length: number): Uint32Array => new Uint32Array(buffer(length * 4));
export const allocateUint8 = (length: number): Uint8Array => new Uint8Array(buffer(length));

/** Returns the same bytes in plain memory; no copy when they already are. */
export function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isShared = typeof SharedArrayBuffer === 'function' && bytes.buffer instanceof SharedArrayBuffer;
  return isShared ? new Uint8Array(bytes) : (bytes as Uint8Array<ArrayBuffer>);
}

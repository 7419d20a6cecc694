import { describe, expect, it } from 'vitest';
import { decompressLz4Frame } from './lz4Frame.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const ascii = (words: string): number[] => [...new TextEncoder().encode(words)];
const HEADER = [0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0xc0];
const END = [0, 0, 0, 0];
const block = (bytes: readonly number[], isStored = false): number[] => [
  bytes.length & 255,
  bytes.length >> 8,
  0,
  isStored ? 0x80 : 0,
  ...bytes,
];

describe('decompressLz4Frame', () => {
  it('copies stored blocks', () => {
    const frame = Uint8Array.from([...HEADER, ...block(ascii('hello'), true), ...END]);
    expect(text(decompressLz4Frame(frame, 5))).toBe('hello');
  });

  it('repeats what lies before, also overlapping and across blocks', () => {
    // Literals 'ab', then 10 bytes from 2 back; then a second block: literal 'X' and 4 bytes from 13 back.
    const first = block([0x26, ...ascii('ab'), 2, 0, 0x10, ...ascii('!')]);
    const second = block([0x10, ...ascii('X'), 14, 0, 0x10, ...ascii('.')]);
    const frame = Uint8Array.from([...HEADER, ...first, ...second, ...END]);
    expect(text(decompressLz4Frame(frame, 19))).toBe('abababababab!Xabab.');
  });

  it('reads lengths beyond 15 and skips checksums and sizes', () => {
    const long = 'x'.repeat(300);
    const header = [0x04, 0x22, 0x4d, 0x18, 0x58, 0x40, ...Array.from({ length: 8 }, () => 0), 0xc0];
    const body = block([0xf0, 255, 30, ...ascii(long)]);
    const frame = Uint8Array.from([...header, ...body, 1, 2, 3, 4, ...END]);
    expect(text(decompressLz4Frame(frame, 300))).toBe(long);
  });

  it.each([
    ['no frame', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)],
    ['a cut block', Uint8Array.from([...HEADER, 9, 0, 0, 0, 1])],
    ['a match before the beginning', Uint8Array.from([...HEADER, ...block([0x10, 97, 9, 0, 0]), ...END])],
    ['too much output', Uint8Array.from([...HEADER, ...block([0x1f, 97, 1, 0, 255, 255, 0, 0]), ...END])],
    ['too little output', Uint8Array.from([...HEADER, ...END])],
  ])('refuses %s', (_, bytes) => {
    expect(() => decompressLz4Frame(bytes, 8)).toThrow();
  });
});

/**
 * Content hash of tables: names a graph version so that runs, predictions and checkpoints can say what they belong to.
 * Two lanes of a 32-bit multiply–rotate hash (murmur3's constants and finaliser), 64 bits as 16 hex digits. It guards
 * against mix-ups, not against an adversary. O(bytes); reads words where the buffer is aligned.
 */

const rotl = (x: number, r: number): number => (x << r) | (x >>> (32 - r));

function finalise(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export interface ContentHasher {
  text(value: string): ContentHasher;
  number(value: number): ContentHasher;
  bytes(view: ArrayBufferView): ContentHasher;
  hex(): string;
}

export function createContentHasher(): ContentHasher {
  let a = 0x3c6ef372;
  let b = 0x1b873593;
  const mix = (word: number): void => {
    a = (Math.imul(rotl(a ^ Math.imul(word, 0xcc9e2d51), 15), 5) + 0xe6546b64) | 0;
    b = (Math.imul(rotl(b ^ Math.imul(word, 0x1b873593), 13), 9) + 0x38b34ae5) | 0;
  };
  const hasher: ContentHasher = {
    text(value) {
      mix(value.length);
      for (let at = 0; at < value.length; at++) mix(value.charCodeAt(at));
      return hasher;
    },
    number(value) {
      const words = new Uint32Array(Float64Array.of(value).buffer);
      mix(words[0] as number);
      mix(words[1] as number);
      return hasher;
    },
    bytes(view) {
      mix(view.byteLength);
      const aligned = view.byteOffset % 4 === 0;
      const numWords = aligned ? view.byteLength >> 2 : 0;
      if (aligned) for (const word of new Uint32Array(view.buffer, view.byteOffset, numWords)) mix(word);
      const rest = new Uint8Array(
        view.buffer,
        view.byteOffset + numWords * 4,
        view.byteLength - numWords * 4,
      );
      for (const byte of rest) mix(byte);
      return hasher;
    },
    hex: () =>
      finalise(a).toString(16).padStart(8, '0') +
      finalise(b ^ a)
        .toString(16)
        .padStart(8, '0'),
  };
  return hasher;
}

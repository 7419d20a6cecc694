import { describe, expect, it } from 'vitest';
import { memorySource } from '../fileSource.ts';
import { concatenate } from './readBytes.ts';
import { decodeHead, describeBinary, detectEncoding, utf8Chunks } from './textEncoding.ts';

function utf16(text: string, isLittleEndian: boolean, hasMark: boolean): Uint8Array {
  const units = hasMark ? `\uFEFF${text}` : text;
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < units.length; at++) view.setUint16(at * 2, units.charCodeAt(at), isLittleEndian);
  return bytes;
}

const latin1 = Uint8Array.from('Z\u00fcrich,1', (character) => character.charCodeAt(0));
const TEXT = 'id,name\n1,Zürich €\n';

describe('detectEncoding and utf8Chunks', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(TEXT), 'UTF-8', 0],
    ['UTF-8 with mark', new TextEncoder().encode(`\uFEFF${TEXT}`), 'UTF-8', 3],
    ['UTF-16LE with mark', utf16(TEXT, true, true), 'UTF-16LE', 2],
    ['UTF-16BE with mark', utf16(TEXT, false, true), 'UTF-16BE', 2],
    ['UTF-16LE', utf16(TEXT, true, false), 'UTF-16LE', 0],
    ['UTF-16BE', utf16(TEXT, false, false), 'UTF-16BE', 0],
  ])('reads %s', async (_, bytes, name, markBytes) => {
    expect(detectEncoding(bytes)).toEqual({ name, markBytes });
    expect(decodeHead(bytes)).toBe(TEXT);
    const chunks: Uint8Array[] = [];
    for await (const chunk of utf8Chunks(memorySource('a', bytes), detectEncoding(bytes))) chunks.push(chunk);
    expect(new TextDecoder().decode(concatenate(chunks))).toBe(TEXT);
  });

  it('takes what is not UTF-8 for Windows-1252', () => {
    expect(detectEncoding(latin1)).toEqual({ name: 'Windows-1252', markBytes: 0 });
    expect(decodeHead(latin1)).toBe('Zürich,1');
  });
});

describe('describeBinary', () => {
  it.each([
    [[0x89, 0x50, 0x4e, 0x47, 13, 10], 'a PNG image'],
    [[0x7f, 0x45, 0x4c, 0x46, 2], 'a Linux program'],
    [[0x80, 0x02, 0x63], 'a Python pickle'],
    [new Array<number>(100).fill(0), 'binary data'],
    [[65, 0, 1, 66, 44, 67], 'binary data'],
    [[65, 44, 66, 10], null],
  ])('%j is %s', (bytes, expected) => {
    expect(describeBinary(Uint8Array.from(bytes))).toBe(expected);
  });
});

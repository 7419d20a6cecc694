/** What is written is read back; what is not a safetensors file is refused with a sentence, never with a crash. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError, ShapeError } from './errors.ts';
import { type NamedTensor, readSafetensors, writeSafetensors } from './safetensors.ts';

const tensors: readonly NamedTensor[] = [
  { name: 'conv1.weight', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
  { name: 'conv1.bias', shape: [1], values: Float32Array.of(-0.5) },
];

/** A file with any header text in front of any data. */
function fileOf(header: string | Uint8Array, numDataBytes = 0): Uint8Array {
  const encoded = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + encoded.length + numDataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(encoded.length), true);
  file.set(encoded, 8);
  return file;
}

const sortByName = (list: readonly NamedTensor[]): NamedTensor[] =>
  [...list].sort((a, b) => (a.name < b.name ? -1 : 1));

const tensorArbitrary = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }).chain((shape) => {
  const size = shape.reduce((product, length) => product * length, 1);
  return fc.record({
    name: fc.oneof(fc.string(), fc.constantFrom('1', '__proto__', 'constructor', 'ü"\\\n')),
    shape: fc.constant(shape),
    values: fc.float32Array({ minLength: size, maxLength: size }),
  });
});
const tensorsArbitrary = fc
  .uniqueArray(tensorArbitrary, { selector: (tensor) => tensor.name, maxLength: 5 })
  .filter((list) => list.every((tensor) => tensor.name !== '__metadata__'));
const metadataArbitrary = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3, noNullPrototype: true });

describe('writeSafetensors', () => {
  it('writes a header that says where each tensor lies, and the numbers there', () => {
    const file = writeSafetensors(tensors, { model: 'gcn' });
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

  it.each([
    [[{ name: 'w', shape: [2], values: new Float32Array(3) }], "Tensor 'w' has shape [2] and 3 values."],
    [[...tensors, ...tensors], "Tensor 'conv1.weight' has a name that is already used."],
    [
      [{ name: '__metadata__', shape: [], values: new Float32Array(1) }],
      "Tensor '__metadata__' has a name that is already used.",
    ],
  ])('refuses tensors that no reader could tell apart or size', (given, message) => {
    expect(() => writeSafetensors(given, {})).toThrow(ShapeError);
    expect(() => writeSafetensors(given, {})).toThrow(message);
  });
});

describe('readSafetensors', () => {
  it('reads back every bit that was written', () => {
    fc.assert(
      fc.property(tensorsArbitrary, metadataArbitrary, (written, metadata) => {
        const read = readSafetensors(writeSafetensors(written, metadata));
        expect(sortByName(read.tensors)).toEqual(sortByName(written));
        expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(metadata).sort());
      }),
    );
  });

  it('keeps the order of the data and does not need an aligned buffer', () => {
    const file = writeSafetensors(tensors, {});
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect(readSafetensors(shifted.subarray(3)).tensors).toEqual(tensors);
  });

  it('reads a file whose header is not padded and has no metadata', () => {
    const file = fileOf('{"w":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}', 4);
    expect(readSafetensors(file)).toEqual({
      tensors: [{ name: 'w', shape: [], values: Float32Array.of(0) }],
      metadata: {},
    });
  });

  it('refuses every truncation', () => {
    const file = writeSafetensors(tensors, { model: 'gcn' });
    for (let length = 0; length < file.length; length++) {
      expect(() => readSafetensors(file.subarray(0, length))).toThrow(ParseError);
    }
  });

  it('either reads or refuses a damaged file, and makes no tensor that is larger than it', () => {
    const file = writeSafetensors(tensors, { model: 'gcn' });
    const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(damage, (changes) => {
        const damaged = file.slice();
        for (const [at, byte] of changes) damaged[at] = byte;
        try {
          const read = readSafetensors(damaged);
          const size = read.tensors.reduce((sum, tensor) => sum + tensor.values.byteLength, 0);
          expect(size).toBeLessThan(file.length);
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('either reads or refuses any header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.uint8Array()), fc.nat(16), (header, numDataBytes) => {
        try {
          readSafetensors(fileOf(header, numDataBytes));
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
        }
      }),
      { numRuns: 500 },
    );
  });

  const entry = (shape: string, offsets: string, dtype = '"F32"'): string =>
    `{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}`;
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const prefix = 'This is not a safetensors file that can be read: ';

  it.each([
    ['too short', new Uint8Array(7), `${prefix}it has 7 bytes, less than its header's length.`],
    [
      'a header length beyond any file',
      new Uint8Array(16).fill(0xff),
      `${prefix}its header should have 18446744073709551615 bytes, and the file has 16.`,
    ],
    ['a header that is not JSON', fileOf('{"w":'), `${prefix}its header is not JSON.`],
    [
      'a header that is not UTF-8',
      fileOf(Uint8Array.of(0x22, 0xff, 0x22)),
      `${prefix}its header is not JSON.`,
    ],
    ['a header that is a list', fileOf('[]'), `${prefix}its header is not a JSON object.`],
    [
      'metadata that is not text',
      fileOf('{"__metadata__":{"epochs":3}}'),
      `${prefix}its metadata 'epochs' is not text.`,
    ],
    ['metadata that is a list', fileOf('{"__metadata__":[]}'), `${prefix}its metadata is not a JSON object.`],
    ['an entry that is null', fileOf('{"w":null}'), `${prefix}tensor 'w' is not described by a JSON object.`],
    [
      'a shape below 0',
      fileOf(`{"w":${entry('[-1]', '[0,4]')}}`, 4),
      `${prefix}tensor 'w' has no shape of whole numbers.`,
    ],
    [
      'a shape that overflows',
      fileOf(`{"w":${entry('[4294967296,4294967296,4294967296]', '[0,0]')}}`),
      `${prefix}tensor 'w' has shape [4294967296, 4294967296, 4294967296] and 0 bytes.`,
    ],
    [
      'a shape of another size',
      fileOf(`{"w":${entry('[2]', '[0,4]')}}`, 4),
      `${prefix}tensor 'w' has shape [2] and 4 bytes.`,
    ],
    [
      'offsets past the end',
      fileOf(`{"w":${entry('[2]', '[0,8]')}}`, 4),
      `${prefix}tensor 'w' has data offsets [0, 8]; the data has 4 bytes.`,
    ],
    [
      'offsets in reverse',
      fileOf(`{"w":${entry('[1]', '[4,0]')}}`, 4),
      `${prefix}tensor 'w' has data offsets [4, 0]; the data has 4 bytes.`,
    ],
    [
      'one offset',
      fileOf(`{"w":${entry('[1]', '[4]')}}`, 4),
      `${prefix}tensor 'w' has data offsets [4]; the data has 4 bytes.`,
    ],
    [
      'tensors that overlap',
      fileOf(`{"a":${entry('[2]', '[0,8]')},"b":${entry('[2]', '[4,12]')}}`, 12),
      `${prefix}tensor 'b' begins at byte 4 of the data, and the one before it ends at 8.`,
    ],
    [
      'a gap between tensors',
      fileOf(`{"a":${entry('[1]', '[0,4]')},"b":${entry('[1]', '[8,12]')}}`, 12),
      `${prefix}tensor 'b' begins at byte 8 of the data, and the one before it ends at 4.`,
    ],
    [
      'bytes that belong to no tensor',
      fileOf(`{"a":${entry('[1]', '[0,4]')}}`, 8),
      `${prefix}its tensors end at byte 4 of the data, which has 8 bytes.`,
    ],
    [
      'another dtype',
      fileOf(`{"w":${entry('[2]', '[0,4]', '"BF16"')}}`, 4),
      "Tensor 'w' of the safetensors file has dtype 'BF16'.",
    ],
    [
      'a dtype nested without end',
      fileOf(`{"w":${entry('[1]', '[0,4]', deep)}}`, 4),
      "Tensor 'w' of the safetensors file has dtype of another kind (list).",
    ],
  ])('refuses %s', (_, file, message) => {
    let thrown: unknown;
    try {
      readSafetensors(file);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ParseError);
    const { message: gotMessage, remedy } = thrown as ParseError;
    expect(gotMessage).toBe(message);
    expect(remedy).toMatch(/^(Save the model again|Convert the tensors)/);
  });

  it('quotes only the beginning of a name', () => {
    const file = fileOf(`{"${'n'.repeat(1_000_000)}":null}`);
    expect(() => readSafetensors(file)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{0,160}$/) as string }),
    );
  });
});

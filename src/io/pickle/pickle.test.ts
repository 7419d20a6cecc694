import { describe, expect, it } from 'vitest';
import { readPickle } from './pickle.ts';
import { failureOf } from '../testFiles.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const load = (text: string) => Promise.resolve().then(() => readPickle('p', bytesOf(text)));

describe('readPickle', () => {
  it('reads numbers, strings, lists and dicts of protocol 2', async () => {
    // pickle.dumps({0: [1, 258, -1], 'k': None}, 2) of Python 2, memo included.
    const text = '\x80\x02}q\x00(K\x00]q\x01(K\x01M\x02\x01J\xff\xff\xff\xffeU\x01kq\x02Nu.';
    expect(await load(text)).toEqual(
      new Map<string | number, unknown>([
        [0, [1, 258, -1]],
        ['k', null],
      ]),
    );
  });

  it('reads protocol 0', async () => {
    expect(await load('(lp0\nI1\naI-20\naF0.5\na.')).toEqual([1, -20, 0.5]);
  });

  it('reads a defaultdict of lists and shared values', async () => {
    const text =
      '\x80\x02ccollections\ndefaultdict\nq\x01c__builtin__\nlist\nq\x02\x85Rq\x03(K\x00]q\x04K\x05aK\x01h\x04u.';
    expect(await load(text)).toEqual(
      new Map([
        [0, [5]],
        [1, [5]],
      ]),
    );
  });

  it('reads a NumPy matrix', async () => {
    const array =
      '\x80\x02cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R' +
      '(K\x01K\x01K\x02\x86cnumpy\ndtype\nU\x02i4K\x00K\x01\x87R(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb' +
      '\x89U\x08\x07\x00\x00\x00\xfe\xff\xff\xfftb.';
    expect(await load(array)).toEqual({ kind: 'array', shape: [1, 2], values: Float64Array.of(7, -2) });
  });

  it('refuses any other class and runs nothing', async () => {
    expect(await failureOf(load("cposix\nsystem\n(S'touch x'\ntR."))).toEqual({
      name: 'ParseError',
      code: 'pickle-class',
      message: 'p: the pickle asks for posix.system, which is not read.',
      remedy: 'Convert the data to CSV; only plain NumPy and SciPy pickles are read, and none is executed.',
      details: { file: 'p', module: 'posix', name: 'system' },
    });
  });

  it('refuses opcodes it does not need', async () => {
    expect(await failureOf(load('\x80\x02\x82\x01.'))).toEqual({
      name: 'ParseError',
      code: 'pickle-opcode',
      message: 'p: the pickle uses opcode 0x82 at byte 2, which is not read.',
      remedy: 'Convert the data to CSV; only plain NumPy and SciPy pickles are read, and none is executed.',
      details: { file: 'p', opcode: 0x82, offset: 2 },
    });
  });

  it.each(['', '\x80\x02K', 'h\x07.', 't.', '\x80\x02T\xff\xff\xff\x7fab.', 'a.'])(
    'refuses damaged bytes %j',
    async (text) => {
      expect(await failureOf(load(text))).toMatchObject({
        code: 'damaged-pickle',
        message: 'p: the pickle is damaged or incomplete.',
      });
    },
  );
});

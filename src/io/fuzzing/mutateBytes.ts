/**
 * Damages files as a disk, a cut download or an attacker would: flipped bits, cut ends, repeated and swapped pieces, words
 * that mean something to parsers, brackets without end. Deterministic: one seed, one damage.
 */
import { randomSequence, type RandomSequence, STREAM } from '../../core/random.ts';
import { concatenate } from '../bytes/readBytes.ts';

/** Bits of syntax, extreme numbers and names that mean something to JavaScript. */
const WORDS = [
  ...String.raw`" ' \ , ; % # * // /* -- [ ] { } ( ) < > <!-- ]]> <![CDATA[ </ /> &lt; &x; &#0; &#x110000;`.split(
    ' ',
  ),
  ...'0 -1 1e999 -0 NaN Infinity 2147483648 4294967296 9007199254740993 99999999999999999999 0x10 1e-400 . 1.'.split(
    ' ',
  ),
  ...'true null NA __proto__ constructor toString hasOwnProperty id source target node edge graph *Matrix'.split(
    ' ',
  ),
  ...'format=fullmatrix n=1000000000 strict digraph "@en ^^<x> _:b'.split(' '),
  '',
  ' ',
  '\0',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\uFEFF',
  '\uD800',
  '<!DOCTYPE a [<!ENTITY x "yyyy"><!ENTITY z "&x;&x;">]>',
  '<!DOCTYPE a SYSTEM "file:///x">',
  '<?xml version="1.1"?>',
  '@prefix : <x:> .',
  '*Vertices 999999999',
  'subgraph {',
  'a -> {b c} -> {d e}',
];
const OPENERS = [
  '[',
  '{',
  '(',
  '<a>',
  '[[',
  '{"a":',
  '[1,',
  'a [ ',
  'subgraph{',
  '"',
  '<',
  '&',
  '((',
  'node [ ',
];
const MAX_BOMB = 50_000;
const encoder = new TextEncoder();

type Damage = (bytes: Uint8Array, random: RandomSequence, others: readonly Uint8Array[]) => Uint8Array;

const cut = (bytes: Uint8Array, random: RandomSequence): [number, number] => {
  const [a, b] = [random.below(bytes.length + 1), random.below(bytes.length + 1)];
  return [Math.min(a, b), Math.max(a, b)];
};
const insert = (bytes: Uint8Array, at: number, piece: Uint8Array): Uint8Array =>
  concatenate([bytes.subarray(0, at), piece, bytes.subarray(at)]);
const pick = <T>(list: readonly T[], random: RandomSequence): T => list[random.below(list.length)] as T;

const DAMAGES: readonly Damage[] = [
  function flipBits(bytes, random) {
    const damaged = bytes.slice();
    for (let count = 1 + random.below(8); count > 0 && damaged.length > 0; count--) {
      const at = random.below(damaged.length);
      damaged[at] = (damaged[at] as number) ^ (1 << random.below(8));
    }
    return damaged;
  },
  function overwrite(bytes, random) {
    const damaged = bytes.slice();
    const [from, to] = cut(bytes, random);
    for (let at = from; at < Math.min(to, from + 16); at++) damaged[at] = random.below(256);
    return damaged;
  },
  function truncate(bytes, random) {
    return bytes.slice(0, random.below(bytes.length + 1));
  },
  function removePiece(bytes, random) {
    const [from, to] = cut(bytes, random);
    return concatenate([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  function repeatPiece(bytes, random) {
    const [from, to] = cut(bytes, random);
    const piece = bytes.subarray(from, Math.min(to, from + 200));
    return insert(bytes, to, concatenate(Array.from({ length: 1 + random.below(60) }, () => piece)));
  },
  function swapPieces(bytes, random) {
    const [from, to] = cut(bytes, random);
    return concatenate([bytes.subarray(to), bytes.subarray(from, to), bytes.subarray(0, from)]);
  },
  function insertWord(bytes, random) {
    return insert(bytes, random.below(bytes.length + 1), encoder.encode(pick(WORDS, random)));
  },
  function replaceByWord(bytes, random) {
    const [from, to] = cut(bytes, random);
    const end = Math.min(to, from + 12);
    return concatenate([bytes.subarray(0, from), encoder.encode(pick(WORDS, random)), bytes.subarray(end)]);
  },
  function nest(bytes, random) {
    const bomb = pick(OPENERS, random).repeat(1 + random.below(MAX_BOMB));
    return insert(bytes, random.below(bytes.length + 1), encoder.encode(bomb));
  },
  function splice(bytes, random, others) {
    const other = pick(others, random);
    const [from, to] = cut(other, random);
    return insert(bytes, random.below(bytes.length + 1), other.subarray(from, Math.min(to, from + 4096)));
  },
];

/**
 * Returns a damaged copy of the bytes: one to four kinds of damage in turn.
 * @param others files to take pieces from; at least one
 */
export function mutateBytes(bytes: Uint8Array, seed: number, others: readonly Uint8Array[]): Uint8Array {
  const random = randomSequence(seed, STREAM.sampling);
  let damaged = bytes;
  for (let count = 1 + random.below(4); count > 0; count--)
    damaged = pick(DAMAGES, random)(damaged, random, others);
  return damaged;
}

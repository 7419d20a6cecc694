/** Parts of the lines of a Pajek file: section headers, vertex and line parameters, and their names as attributes. */
import { decodeEntities } from '../gml/entities.ts';
import { isNumberWord, type Word } from '../records/quotedWords.ts';
import type { AttributeEntry } from '../records/recordTypes.ts';

/** Attributes that other formats have too get the same names; all others keep the name that Pajek gives them. */
export const NODE_PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['ic', 'viz_color'],
  ['x_fact', 'size'],
]);
export const EDGE_PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['c', 'viz_color'],
  ['l', 'label'],
  ['p', 'pattern'],
  ['w', 'width'],
]);

const SHAPES = new Set([
  'ellipse',
  'box',
  'diamond',
  'triangle',
  'cross',
  'circle',
  'empty',
  'house',
  'man',
  'woman',
]);
const COORDINATES = ['x', 'y', 'z'] as const;

export interface SectionHeader {
  /** Lower case: 'vertices', 'arcs'. */
  readonly name: string;
  readonly rest: string;
}

/** Returns the header in a line that begins with *, or null. */
export function sectionHeader(text: string): SectionHeader | null {
  const match = /^\s*\*\s*([A-Za-z]+)\s*(.*)$/.exec(text);
  return match === null
    ? null
    : { name: (match[1] as string).toLowerCase(), rest: (match[2] as string).trim() };
}

/** True for lines that say nothing: blank, or a comment. */
export const isSilent = (text: string): boolean => /^\s*(?:%|$)/.test(text);

/** Name in a header: without its quotes. */
export const unquoted = (text: string): string => decodeEntities(/^"([^"]*)"/.exec(text)?.[1] ?? text);

/** When a node or edge is there in a temporal network: `[1-3,5-*]`. */
const isInterval = (word: Word): boolean => !word.isQuoted && word.text.startsWith('[');

/**
 * Returns what follows the label of a vertex: two or three coordinates, a shape, parameters.
 * @param onLone told the parameter that has no value
 */
export function nodeAttributes(words: readonly Word[], onLone: (name: string) => void): AttributeEntry[] {
  const attributes: AttributeEntry[] = [];
  let at = 0;
  while (at < COORDINATES.length && isCoordinate(words[at])) {
    attributes.push([COORDINATES[at] as string, (words[at] as Word).text]);
    at++;
  }
  const rest = words.slice(at);
  const [first] = rest;
  const isOdd = rest.filter((word) => !isInterval(word)).length % 2 === 1;
  // Parameters come in pairs: an odd word in front is a shape.
  const hasShape =
    first !== undefined && !isInterval(first) && (isOdd || SHAPES.has(first.text.toLowerCase()));
  if (hasShape) attributes.push(['shape', first.text]);
  return [...attributes, ...parametersOf(rest.slice(hasShape ? 1 : 0), NODE_PARAMETERS, onLone)];
}

const isCoordinate = (word: Word | undefined): boolean =>
  word !== undefined && !word.isQuoted && isNumberWord(word.text);

/** Returns parameters written in pairs of name and value. */
export function parametersOf(
  words: readonly Word[],
  names: ReadonlyMap<string, string>,
  onLone: (name: string) => void,
): AttributeEntry[] {
  const attributes: AttributeEntry[] = [];
  let name: string | null = null;
  for (const word of words) {
    if (isInterval(word)) attributes.push(['interval', word.text]);
    else if (name === null) name = names.get(word.text.toLowerCase()) ?? word.text;
    else {
      attributes.push([name, decodeEntities(word.text)]);
      name = null;
    }
  }
  if (name !== null) onLone(name);
  return attributes;
}

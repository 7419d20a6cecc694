/** The error of a line that breaks the syntax of its format; message names file and line. */
import { ParseError } from '../../core/errors.ts';

/**
 * @param what the rest of the sentence after 'file line 3: ', with its full stop
 * @throws {ParseError} always
 */
export function failSyntax(
  file: string,
  line: number,
  what: string,
  remedy: string,
  code = 'bad-syntax',
): never {
  throw new ParseError(`${file} line ${line}: ${what}`, { code, remedy, details: { file, line } });
}

const MAX_SHOWN = 40;

/** A word of a file in quotes, shortened for messages. */
export const shown = (word: string): string =>
  `'${word.length > MAX_SHOWN ? `${word.slice(0, MAX_SHOWN)}…` : word}'`;

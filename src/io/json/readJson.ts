/** JSON files as values: whole for reading, and the beginning of a file made whole for recognising it. */
import { LimitError, ParseError } from '../../core/errors.ts';
import { readText } from '../bytes/readText.ts';
import { decodeHead, describeBinary } from '../bytes/textEncoding.ts';
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { counted, type NoticeKind } from '../notices.ts';
import type { RecordSink } from '../records/recordTypes.ts';
import { isNonFinite, repairedJson, surveyJson } from './jsonSurvey.ts';
import { findJsonError } from './jsonSyntax.ts';
import type { JsonValue } from './jsonValue.ts';

/** No graph format nests deeper than about ten levels; engines overflow at some thousands. */
const MAX_DEPTH = 512;

/**
 * Returns the value of a JSON file. Python's NaN and Infinity are read as null and integers beyond 2^53 as strings of
 * their digits, both noted; of repeated names in one object the last counts. O(bytes) time, several times the bytes in
 * memory: for streaming, graphs are better kept in tables.
 * @throws {ParseError} `json-syntax` with line and column
 * @throws {LimitError} more than 512 levels, or 400 MiB; {CancelledError}
 */
export async function readJson(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<JsonValue> {
  const { path } = file.source;
  const text = await readText(file, context);
  const survey = surveyJson(text, MAX_DEPTH);
  if (survey.depth > MAX_DEPTH) {
    throw new LimitError(`${path} nests deeper than ${MAX_DEPTH} levels.`, {
      code: 'json-too-deep',
      remedy: 'Check that the file is what its name says; graphs need no such depth.',
      details: { file: path, limit: MAX_DEPTH },
    });
  }
  noteRepairs(path, text, survey.repairs, sink);
  try {
    return JSON.parse(repairedJson(text, survey.repairs)) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) failSyntax(path, text);
    throw error;
  }
}

function failSyntax(path: string, text: string): never {
  const error = findJsonError(text) ?? { line: 1, column: 1, what: 'this is no JSON' };
  const isLines = error.what.startsWith('expected the end of the file');
  throw new ParseError(`${path} line ${error.line} column ${error.column}: ${error.what}.`, {
    code: 'json-syntax',
    remedy: isLines
      ? 'Keep one JSON value in the file; a file with one value per line is named .jsonl.'
      : 'Correct the file there, or export it again.',
    details: { file: path, line: error.line, column: error.column },
  });
}

function noteRepairs(path: string, text: string, repairs: Int32Array, sink: RecordSink): void {
  const nonFinite: NoticeKind = {
    severity: 'warning',
    code: 'json-not-finite',
    file: path,
    words: (count) => `${path}: ${counted(count, 'value')} NaN or Infinity read as missing.`,
  };
  const long: NoticeKind = {
    severity: 'info',
    code: 'json-long-integer',
    file: path,
    words: (count) =>
      `${path}: ${counted(count, 'integer')} beyond 2^53 read as text, so that no digit is lost.`,
  };
  for (let at = 0; at < repairs.length; at += 2) {
    const token = text.slice(repairs[at], repairs[at + 1]);
    sink.notices.add(isNonFinite(token) ? nonFinite : long, 0, () => token);
  }
}

/** Values of beginnings, by the bytes: every JSON format asks for the same. */
const heads = new WeakMap<Uint8Array, { readonly value: JsonValue | undefined }>();

/**
 * Returns the value of a file's first bytes, cut after the last whole member and closed there; undefined when they do
 * not begin an array or object, or are no JSON.
 */
export function jsonHead(file: ProbedFile): JsonValue | undefined {
  let known = heads.get(file.head);
  if (known === undefined) {
    known = { value: parseHead(file.head) };
    heads.set(file.head, known);
  }
  return known.value;
}

function parseHead(head: Uint8Array): JsonValue | undefined {
  if (describeBinary(head) !== null) return undefined;
  const text = decodeHead(head);
  if (!/^\s*[[{]/.test(text)) return undefined;
  const { depth, cut, closers } = surveyJson(text, MAX_DEPTH);
  if (depth > MAX_DEPTH) return undefined;
  const whole = text.slice(0, cut) + closers;
  try {
    return JSON.parse(repairedJson(whole, surveyJson(whole, MAX_DEPTH).repairs)) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

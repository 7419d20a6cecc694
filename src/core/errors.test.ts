import { describe, expect, it } from 'vitest';
import {
  CancelledError,
  deserialiseError,
  ParseError,
  serialiseError,
  TaskError,
  WorkbenchError,
} from './errors.ts';

describe('errors across a worker boundary', () => {
  it('keep class, code, words and details', () => {
    const error = new ParseError('edges.csv line 7: 3 cells, expected 2.', {
      code: 'ragged',
      remedy: 'Remove the extra cell.',
      details: { line: 7 },
    });
    const rebuilt = deserialiseError(structuredClone(serialiseError(error)));
    expect(rebuilt).toBeInstanceOf(ParseError);
    expect(rebuilt).toMatchObject({
      name: 'ParseError',
      code: 'ragged',
      message: 'edges.csv line 7: 3 cells, expected 2.',
      remedy: 'Remove the extra cell.',
      details: { line: 7 },
    });
    expect(rebuilt).not.toBeInstanceOf(TaskError);
  });

  it('rebuild a cancellation with its message', () => {
    const rebuilt = deserialiseError(serialiseError(new CancelledError('Reading cora.zip')));
    expect(rebuilt).toBeInstanceOf(CancelledError);
    expect(rebuilt.message).toBe('Reading cora.zip was cancelled.');
  });

  it('give foreign errors a code and a way to report them', () => {
    expect(serialiseError(new TypeError('x is not a function'))).toMatchObject({
      name: 'WorkbenchError',
      code: 'internal',
      message: 'Internal error: x is not a function',
      details: { originalName: 'TypeError' },
    });
    expect(deserialiseError(serialiseError('thrown text'))).toBeInstanceOf(WorkbenchError);
    expect(serialiseError(new RangeError('Array buffer allocation failed'))).toMatchObject({
      code: 'out-of-memory',
    });
  });
});

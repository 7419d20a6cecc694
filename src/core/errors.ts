/**
 * Every failure the product can explain, as a class per kind of failure. An error carries what happened (`message`),
 * what the person can do (`remedy`), a stable `code` for tests and support, and structured `details`.
 * Names are literals because production builds minify class names. Transport across workers: `serialiseError`.
 */

export type ErrorDetails = Readonly<Record<string, unknown>>;

export interface WorkbenchErrorOptions {
  readonly code: string;
  readonly remedy: string;
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}

export class WorkbenchError extends Error {
  override name = 'WorkbenchError';
  readonly code: string;
  readonly remedy: string;
  readonly details: ErrorDetails;

  constructor(message: string, options: WorkbenchErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.remedy = options.remedy;
    this.details = options.details ?? {};
  }
}

/** A file that cannot be read as what it claims to be. `message` already names file and line. */
export class ParseError extends WorkbenchError {
  override name = 'ParseError';
}

/** Tables that parse but do not make a graph (edge to nowhere, duplicate id, no rows). */
export class InvalidGraphError extends WorkbenchError {
  override name = 'InvalidGraphError';
}

/** The data cannot serve the chosen task (one class only, empty training part, …). */
export class TaskError extends WorkbenchError {
  override name = 'TaskError';
}

export class ShapeError extends WorkbenchError {
  override name = 'ShapeError';
}

export class ParameterError extends WorkbenchError {
  override name = 'ParameterError';
}

export class BackendError extends WorkbenchError {
  override name = 'BackendError';
}

export class DivergedError extends WorkbenchError {
  override name = 'DivergedError';
}

export class OutOfMemoryError extends WorkbenchError {
  override name = 'OutOfMemoryError';
}

export class LimitError extends WorkbenchError {
  override name = 'LimitError';
}

export class CancelledError extends WorkbenchError {
  override name = 'CancelledError';

  constructor(what: string) {
    super(`${what} was cancelled.`, { code: 'cancelled', remedy: 'Start it again when you are ready.' });
  }
}

export class WorkerCrashError extends WorkbenchError {
  override name = 'WorkerCrashError';
}

const CLASSES = {
  WorkbenchError,
  ParseError,
  InvalidGraphError,
  TaskError,
  ShapeError,
  ParameterError,
  BackendError,
  DivergedError,
  OutOfMemoryError,
  LimitError,
  WorkerCrashError,
} as const;

/** Plain-data form of an error, as it crosses a worker boundary or goes into a report. */
export interface SerialisedError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly details: ErrorDetails;
  readonly stack?: string;
}

/** Returns the plain-data form of anything thrown; foreign errors become code `internal`. */
export function serialiseError(thrown: unknown): SerialisedError {
  if (thrown instanceof WorkbenchError) {
    return {
      name: thrown.name,
      code: thrown.code,
      message: thrown.message,
      remedy: thrown.remedy,
      details: thrown.details,
      ...(thrown.stack === undefined ? {} : { stack: thrown.stack }),
    };
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (error instanceof RangeError && /allocation|array length|memory/i.test(error.message)) {
    return serialiseError(
      new OutOfMemoryError('The browser ran out of memory for this step.', {
        code: 'out-of-memory',
        remedy: 'Close other tabs, use fewer hidden units, or a smaller graph.',
        cause: error,
      }),
    );
  }
  return {
    name: 'WorkbenchError',
    code: 'internal',
    message: `Internal error: ${error.message}`,
    remedy: 'Copy the diagnostics and report it; your data is still open.',
    details: { originalName: error.name },
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}

/** Rebuilds the class that `serialiseError` flattened, so `instanceof` works on both sides of a worker boundary. */
export function deserialiseError(plain: SerialisedError): WorkbenchError {
  const options = { code: plain.code, remedy: plain.remedy, details: plain.details };
  const rebuilt =
    plain.name === 'CancelledError'
      ? new CancelledError(plain.message.replace(/ was cancelled\.$/, ''))
      : new (CLASSES[plain.name as keyof typeof CLASSES] ?? WorkbenchError)(plain.message, options);
  if (plain.stack !== undefined) rebuilt.stack = plain.stack;
  return rebuilt;
}

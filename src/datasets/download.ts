/**
 * Fetches the files of a data set into memory: streamed, so that progress, a size limit and cancelling work, with every
 * network failure rewritten to name the address and what to do. Reading the bytes is the importer's work.
 */
import { CancelledError, LimitError, WorkbenchError } from '../core/errors.ts';

/** The part of `fetch` that is needed; tests hand in their own. */
export type FetchFile = (address: string, init: { readonly signal?: AbortSignal }) => Promise<Response>;

export interface DownloadOptions {
  readonly fetchFile: FetchFile;
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  /** Called with the bytes so far of this file and its announced size; 0 where the server does not say. */
  readonly onBytes: (bytes: number, announcedBytes: number) => void;
}

const BY_HAND = 'Check the connection and try again, or download the files yourself and drop them here';

/**
 * Returns the bytes behind an address.
 * @throws {WorkbenchError} `download-unreachable` no answer, `download-refused` an error status or a page in place of the
 *   file, `download-interrupted` the connection broke
 * @throws {LimitError} more than `maxBytes`
 * @throws {CancelledError} the signal fired
 */
export async function download(address: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const response = await ask(address, options);
  const announced = announcedBytes(response);
  if (announced > options.maxBytes) refuseSize(address, announced, options.maxBytes);
  if (response.body === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.length;
      if (total > options.maxBytes) refuseSize(address, total, options.maxBytes);
      chunks.push(value);
      options.onBytes(total, announced);
    }
  } catch (thrown) {
    // The connection is given up in every case; its own failure would only hide the first.
    await reader.cancel().catch(() => undefined);
    if (thrown instanceof LimitError) throw thrown;
    throw rewritten(thrown, options.signal, `The download of ${address} broke off after ${total} bytes.`, {
      code: 'download-interrupted',
      address,
    });
  }
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function ask(address: string, options: DownloadOptions): Promise<Response> {
  const { signal } = options;
  let response: Response;
  try {
    response = await options.fetchFile(address, signal === undefined ? {} : { signal });
  } catch (thrown) {
    throw rewritten(thrown, signal, `Could not reach ${address}.`, { code: 'download-unreachable', address });
  }
  if (!response.ok) {
    const status = `${response.status} ${response.statusText}`.trim();
    throw new WorkbenchError(`${address} answered ${status}.`, {
      code: 'download-refused',
      remedy: `${BY_HAND}.`,
      details: { address, status: response.status },
    });
  }
  // Servers of single-page applications answer a missing file with their start page and status 200.
  if (/text\/html/i.test(response.headers.get('content-type') ?? '')) {
    throw new WorkbenchError(`${address} answered with a web page, not with a data file.`, {
      code: 'download-refused',
      remedy: `${BY_HAND}.`,
      details: { address, status: response.status },
    });
  }
  return response;
}

/** Content-Length counts compressed bytes when the transfer is encoded, so that it announces nothing then. */
function announcedBytes(response: Response): number {
  const encoding = response.headers.get('content-encoding') ?? 'identity';
  const length = Number(response.headers.get('content-length') ?? 0);
  return encoding === 'identity' && Number.isFinite(length) ? length : 0;
}

function refuseSize(address: string, bytes: number, maxBytes: number): never {
  throw new LimitError(`${address} holds at least ${bytes} bytes; the limit is ${maxBytes}.`, {
    code: 'download-size',
    remedy: 'Download the file yourself and drop a smaller part of it here.',
    details: { address, bytes, maxBytes },
  });
}

function rewritten(
  thrown: unknown,
  signal: AbortSignal | undefined,
  message: string,
  { code, address }: { readonly code: string; readonly address: string },
): WorkbenchError {
  if (signal?.aborted === true) return new CancelledError('The download');
  return new WorkbenchError(message, {
    code,
    remedy: `${BY_HAND}.`,
    details: { address, reason: thrown instanceof Error ? thrown.message : String(thrown) },
    cause: thrown,
  });
}

/**
 * Fetches the one file behind an address that a person gave: without cookies, referrer or anything else about the person,
 * with a size limit, and with errors that say what to do.
 */
import { ParameterError, WorkbenchError } from '../core/errors.ts';
import { type FileSource, memorySource } from '../io/fileSource.ts';
import type { ImportProgress } from '../io/importTypes.ts';
import { download, type FetchFile } from './download.ts';

export interface FetchAddressContext {
  /** Defaults to the global `fetch`. */
  readonly fetchFile?: FetchFile;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** The file is held in memory while it is read; larger ones are better dropped, which streams them. */
const MAX_DOWNLOAD_BYTES = 500_000_000;
const GITHUB_PAGE = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/(?:blob|raw)\/(.+)$/;

const fetchPlainly: FetchFile = (address, init) =>
  fetch(address, { ...init, mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer' });

/**
 * Returns the file, named by the last part of the address.
 * @throws {ParameterError} not an https address
 * @throws {WorkbenchError} `download-unreachable`, `download-refused` or `download-interrupted`, as `download`
 * @throws {LimitError | CancelledError}
 */
export async function fetchAddress(address: string, context: FetchAddressContext = {}): Promise<FileSource> {
  const url = fileAddress(address);
  try {
    const bytes = await download(url.href, {
      fetchFile: context.fetchFile ?? fetchPlainly,
      maxBytes: context.maxBytes ?? MAX_DOWNLOAD_BYTES,
      ...(context.signal === undefined ? {} : { signal: context.signal }),
      onBytes: (received, announced) =>
        context.onProgress?.({ stage: 'Downloading', bytes: received, totalBytes: announced, rows: 0 }),
    });
    return memorySource(nameOf(url), bytes);
  } catch (thrown) {
    throw thrown instanceof WorkbenchError && thrown.code === 'download-unreachable'
      ? explained(thrown, url)
      : thrown;
  }
}

/**
 * Returns where the file itself lies: a file's page on GitHub becomes its bytes.
 * @throws {ParameterError} no address, or one that is not encrypted
 */
export function fileAddress(address: string): URL {
  const trimmed = address.trim();
  const file = trimmed.replace(GITHUB_PAGE, 'https://raw.githubusercontent.com/$1/$2');
  const url = URL.canParse(file) ? new URL(file) : null;
  if (url?.protocol === 'https:') return url;
  throw new ParameterError(
    url === null ? `'${trimmed}' is not an address.` : `${trimmed} is not an https address.`,
    {
      code: 'address-not-https',
      remedy: 'Give the full address of the file, from https:// on, or download it and drop it here.',
      details: { address: trimmed },
    },
  );
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? url.hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    // A stray % is legal in an address; the name is shown as it stands then.
    return last;
  }
}

/** A browser does not tell a page whether the network or the site's policy stopped it. */
function explained(error: WorkbenchError, { host }: URL): WorkbenchError {
  return new WorkbenchError(error.message, {
    code: error.code,
    remedy: `Either there is no connection, or ${host} does not let other pages read its files (CORS). Download the file and drop it here.`,
    details: error.details,
    cause: error,
  });
}

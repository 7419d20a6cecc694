import { describe, expect, it } from 'vitest';
import { CancelledError, LimitError, ParameterError } from '../core/errors.ts';
import type { ImportProgress } from '../io/importTypes.ts';
import type { FetchFile } from './download.ts';
import { fetchAddress, fileAddress } from './fetchAddress.ts';

const answering =
  (body: string, init: ResponseInit = {}): FetchFile =>
  () =>
    Promise.resolve(new Response(body, init));

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += new TextDecoder().decode(chunk);
  return text;
}

describe('fetchAddress', () => {
  it('returns the bytes under the name that ends the address, and says how far it is', async () => {
    const seen: ImportProgress[] = [];
    const file = await fetchAddress('https://example.org/data/my%20edges.csv?raw=1', {
      fetchFile: answering('a,b\n', { headers: { 'content-length': '4' } }),
      onProgress: (progress) => seen.push(progress),
    });
    expect(file.path).toBe('my edges.csv');
    expect(await textOf(file.open())).toBe('a,b\n');
    expect(seen).toEqual([{ stage: 'Downloading', bytes: 4, totalBytes: 4, rows: 0 }]);
  });

  it('says what to do when the site cannot be read', async () => {
    const failing = fetchAddress('https://example.org/a.csv', {
      fetchFile: () => Promise.reject(new TypeError('Failed to fetch')),
    });
    await expect(failing).rejects.toMatchObject({
      code: 'download-unreachable',
      remedy: expect.stringMatching(/example\.org does not let other pages read.*drop it here/),
    });
    const missing = fetchAddress('https://example.org/a.csv', { fetchFile: answering('', { status: 404 }) });
    await expect(missing).rejects.toMatchObject({
      code: 'download-refused',
      message: expect.stringContaining('404'),
    });
  });

  it('stops at the limit and when cancelled', async () => {
    const large = fetchAddress('https://example.org/a.csv', { fetchFile: answering('12345'), maxBytes: 4 });
    await expect(large).rejects.toBeInstanceOf(LimitError);
    const cancelled = fetchAddress('https://example.org/a.csv', {
      fetchFile: (_, { signal }) => Promise.reject(signal?.reason as Error),
      signal: AbortSignal.abort(),
    });
    await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
  });
});

describe('fileAddress', () => {
  it('leads from a page on GitHub to the file', () =>
    expect(fileAddress(' https://github.com/a/b/blob/main/x/e.csv ').href).toBe(
      'https://raw.githubusercontent.com/a/b/main/x/e.csv',
    ));

  it.each(['', 'edges.csv', 'http://example.org/a.csv', 'file:///etc/passwd', 'javascript:alert(1)'])(
    'refuses %j',
    (address) => expect(() => fileAddress(address)).toThrow(ParameterError),
  );
});

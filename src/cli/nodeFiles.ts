/** Files of the disk as the readers see them. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ParseError } from '../core/errors.ts';
import type { FileSource } from '../io/fileSource.ts';

const CHUNK_BYTES = 1024 * 1024;

function diskSource(path: string, fullPath: string, sizeBytes: number): FileSource {
  return {
    path,
    sizeBytes,
    async *open() {
      for await (const chunk of createReadStream(fullPath, { highWaterMark: CHUNK_BYTES })) {
        yield chunk as Uint8Array;
      }
    },
  };
}

/** Returns the file, or every file below the folder, with paths that begin with its name. @throws {ParseError} it does not exist */
export async function sourcesAt(path: string): Promise<FileSource[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) {
    throw new ParseError(`'${path}' does not exist.`, {
      code: 'no-such-file',
      remedy: 'Check the path; it may be a file, a zip or a folder.',
      details: { path },
    });
  }
  if (!found.isDirectory()) return [diskSource(basename(path), path, found.size)];
  const folder = basename(resolve(path));
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sources = files.map(async (entry) => {
    const full = join(entry.parentPath, entry.name);
    const relative = full.slice(path.length).replaceAll('\\', '/').replace(/^\/+/, '');
    return diskSource(`${folder}/${relative}`, full, (await stat(full)).size);
  });
  return (await Promise.all(sources)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

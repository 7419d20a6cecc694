/** A zip archive written file by file and chunk by chunk: no file of it is ever whole in memory uncompressed. */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { concatenate } from '../io/bytes/readBytes.ts';
import { type ChunkWriter, createChunkWriter } from './byteWriter.ts';

export interface ZipWriter {
  /** Begins a file; it must be ended before the next begins. `isStored` = its bytes are compressed already. */
  file(path: string, isStored?: boolean): ChunkWriter;
  /** Ends the archive; the writer must not be used afterwards. */
  finish(): Uint8Array<ArrayBuffer>;
}

/** The first day that zip can tell: the same tables give the same bytes. */
const FIRST_DAY = new Date(1980, 0, 1);
const NOTHING = new Uint8Array(0);

/** Returns an empty archive. Deterministic. */
export function createZipWriter(): ZipWriter {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error !== null) throw error;
    parts.push(part);
  });
  return {
    file(path, isStored = false) {
      const entry = isStored ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
      entry.mtime = FIRST_DAY;
      zip.add(entry);
      const { text, bytes, end } = createChunkWriter((chunk) => entry.push(chunk));
      return {
        text,
        bytes,
        end() {
          end();
          entry.push(NOTHING, true);
        },
      };
    },
    finish() {
      zip.end();
      return concatenate(parts) as Uint8Array<ArrayBuffer>;
    },
  };
}

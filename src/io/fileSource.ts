/**
 * What readers read from: a named sequence of bytes that can be opened more than once. Browser files, Node files and
 * entries of an archive all look like this; readers never see a DOM or Node type.
 */
export interface FileSource {
  /** Path inside what was dropped, with `/`; the base name decides the file's role. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Yields chunks of any size; opening again starts over. Chunks belong to the caller. */
  open(): AsyncIterable<Uint8Array>;
}

/** Wraps bytes in memory; used by tests, archives and pasted text. */
export function memorySource(path: string, content: Uint8Array | string): FileSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    path,
    sizeBytes: bytes.length,
    async *open() {
      yield bytes;
    },
  };
}

/** Wraps a browser `File`, read in chunks. */
export function blobSource(path: string, blob: Blob): FileSource {
  return {
    path,
    sizeBytes: blob.size,
    async *open() {
      const reader = blob.stream().getReader();
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          yield value;
        }
      } finally {
        reader.releaseLock();
      }
    },
  };
}

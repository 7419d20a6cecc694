/**
 * Walks the page headers of a Parquet file before its pages are decoded: a damaged size would send the library backwards for
 * ever, a damaged count would fill memory. Layout: https://parquet.apache.org/docs/file-format/data-pages/.
 */
import type { ColumnMetaData, FileMetaData } from 'hyparquet';
import { assertClaimedRows } from './columnarTable.ts';

type ReadHeader = typeof import('hyparquet/src/column.js')['parquetHeader'];

class PageError extends Error {
  override readonly name = 'PageError';
}

/**
 * @param most bytes a page of so many compressed bytes may expand to
 * @throws {LimitError} a page claims more values than the file can hold
 * @throws {Error} a size that does not fit; the caller names the file. O(pages).
 */
export function checkPages(
  path: string,
  bytes: Uint8Array,
  metadata: FileMetaData,
  readHeader: ReadHeader,
  most: (compressed: number) => number,
): void {
  for (const group of metadata.row_groups) {
    for (const { meta_data: chunk } of group.columns) {
      if (chunk !== undefined) checkChunk(path, chunkBytes(bytes, chunk), readHeader, most, bytes.length);
    }
  }
}

function chunkBytes(bytes: Uint8Array, chunk: ColumnMetaData): Uint8Array {
  const dataAt = Number(chunk.data_page_offset);
  const start = Math.min(dataAt, Number(chunk.dictionary_page_offset || dataAt));
  const end = start + Number(chunk.total_compressed_size);
  if (!(start >= 0 && end >= start && end <= bytes.length))
    throw new PageError('a column lies outside the file');
  return bytes.subarray(start, end);
}

function checkChunk(
  path: string,
  chunk: Uint8Array,
  readHeader: ReadHeader,
  most: (compressed: number) => number,
  fileBytes: number,
): void {
  const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), offset: 0 };
  while (reader.offset < chunk.length - 1) {
    const header = readHeader(reader);
    const { compressed_page_size: size, uncompressed_page_size: expanded } = header;
    if (!(size >= 0 && size <= chunk.length - reader.offset)) throw new PageError('a page is cut off');
    if (!(expanded >= 0 && expanded <= most(size))) throw new PageError('a page claims too many bytes');
    const pages = [header.data_page_header, header.data_page_header_v2, header.dictionary_page_header];
    for (const page of pages) {
      if (page === undefined) continue;
      if (!(page.num_values >= 0)) throw new PageError('a page claims no number of values');
      assertClaimedRows(path, page.num_values, fileBytes);
    }
    reader.offset += size;
  }
}

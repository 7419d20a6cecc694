import { describe, expect, it } from 'vitest';
import { filesOfDrop } from './collectFiles.ts';

/** A file system in memory with the parts of the browser's entry interface that a drop uses. */
function fileEntry(fullPath: string) {
  return {
    isFile: true,
    isDirectory: false,
    name: fullPath.split('/').at(-1) ?? '',
    fullPath,
    file: (resolve: (file: unknown) => void) => resolve({ name: fullPath }),
  };
}
function folderEntry(fullPath: string, children: readonly unknown[], batchSize = 2) {
  return {
    isFile: false,
    isDirectory: true,
    name: fullPath.split('/').at(-1) ?? '',
    fullPath,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (resolve: (entries: readonly unknown[]) => void) => {
          resolve(children.slice(at, at + batchSize));
          at += batchSize;
        },
      };
    },
  };
}
function transferOf(entries: readonly unknown[]): DataTransfer {
  return {
    items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
    files: [],
  } as unknown as DataTransfer;
}

describe('filesOfDrop', () => {
  it('walks folders in name order, past the first batch, and keeps paths without the leading slash', async () => {
    const deep = folderEntry('/cora/deep', [fileEntry('/cora/deep/x.csv')]);
    const folder = folderEntry('/cora', [fileEntry('/cora/nodes.csv'), deep, fileEntry('/cora/edges.csv')]);
    const files = await filesOfDrop(transferOf([folder, fileEntry('/graph.json')]));
    expect(files.map((file) => file.path)).toEqual([
      'cora/deep/x.csv',
      'cora/edges.csv',
      'cora/nodes.csv',
      'graph.json',
    ]);
  });

  it('rejects when a file cannot be read', async () => {
    const broken = {
      ...fileEntry('/gone.csv'),
      file: (_resolve: unknown, reject: (error: Error) => void) => reject(new Error('gone')),
    };
    await expect(filesOfDrop(transferOf([broken]))).rejects.toEqual(new Error('gone'));
  });
});

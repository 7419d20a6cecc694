/** Turns what a person drops or chooses into named blobs, folders included; the path keeps the folder it came from. */
import type { DroppedFile } from '../../workers/protocol.ts';

/** Files of an `<input type="file">`. */
export function filesOfInput(files: FileList): DroppedFile[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
}

/**
 * Files of a drop, folders walked in name order. The entries must be taken before the first await: the browser empties
 * the transfer when the event handler returns.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<DroppedFile[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  );
  if (entries.length === 0) return filesOfInput(transfer.files);
  const files: DroppedFile[] = [];
  for (const entry of entries) await collect(entry, files);
  return files;
}

async function collect(entry: FileSystemEntry, into: DroppedFile[]): Promise<void> {
  if (isFile(entry)) {
    const blob = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    into.push({ path: entry.fullPath.replace(/^\//, ''), blob });
  } else if (isDirectory(entry)) {
    const children = await entriesOf(entry);
    children.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const child of children) await collect(child, into);
  }
}

/** A directory reader gives at most 100 entries a call; an empty answer is the end. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

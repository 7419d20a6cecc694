/** What a data set script hands over: the files of public/datasets/<id>/ as text, card.json with their hashes included. */
import { createHash } from 'node:crypto';
import { createCsvWriter } from '../../src/exporters/csvWriter.ts';
import type { DatasetCard } from '../../src/datasets/cardTypes.ts';

/** File name → content. */
export type DatasetFiles = Readonly<Record<string, string>>;

export interface BuiltDataset {
  readonly card: DatasetCard;
  readonly files: DatasetFiles;
}

/** Returns a table in the native format. */
export function csvText(header: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  const writer = createCsvWriter(header);
  for (const row of rows) writer.row(row.map(String));
  return new TextDecoder().decode(writer.finish());
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Returns the data set with its card.json: the card's words and the SHA-256 of every file.
 * @throws {Error} the card names other files than the script writes
 */
export function builtDataset(card: DatasetCard, files: DatasetFiles): BuiltDataset {
  const written = Object.keys(files).sort().join(', ');
  const named = [...card.files].sort().join(', ');
  if (written !== named) throw new Error(`Card '${card.id}' names ${named}, its script writes ${written}`);
  const sha256 = Object.fromEntries(
    card.files.map((name) => [
      name,
      createHash('sha256')
        .update(files[name] as string)
        .digest('hex'),
    ]),
  );
  return { card, files: { ...files, 'card.json': jsonText({ ...card, sha256 }) } };
}

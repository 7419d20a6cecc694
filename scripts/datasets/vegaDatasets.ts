/** Reads the data files inside the npm package vega-datasets. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Returns the text of `data/<name>` of the installed package. Run from the project root. */
export function vegaDataFile(name: string): string {
  // The package exports its entry only, so that its data folder is found beside the entry's.
  const entry = createRequire(pathToFileURL(join(process.cwd(), 'package.json'))).resolve('vega-datasets');
  return readFileSync(join(dirname(entry), '..', 'data', name), 'utf8');
}

/** Parses RFC 4180 text with a header row into one record per line; enough for the two tables of the package. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) throw new Error(`Row ${rows.length + 1} is not RFC 4180`);
    row.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  const [header = [], ...body] = rows;
  return body.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

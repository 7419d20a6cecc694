/** docs/adr/0001-dependencies.md gives a reason for every package of package.json, at its version, and for no other. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(resolve(process.cwd(), path), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

it('0001 lists exactly the packages of package.json, with a reason each', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Manifest;
  const rows = [...read('docs/adr/0001-dependencies.md').matchAll(/^\| `([^`]+)` \| (\S+) \| (.+) \|$/gm)];
  const listed = rows.map(([, name, version]) => `${name} ${version}`);
  const wanted = Object.entries({ ...dependencies, ...devDependencies }).map((entry) => entry.join(' '));
  expect(listed.toSorted()).toEqual(wanted.toSorted());
  expect(rows.filter(([, , , reason = '']) => reason.trim().length < 5)).toEqual([]);
});

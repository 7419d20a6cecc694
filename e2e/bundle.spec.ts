import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const DIST = resolve(import.meta.dirname, '../dist');
const BUDGET_BYTES = 350 * 1024;

/** Scripts the page loads before anybody does anything: the entry and what it imports statically. */
function initialScripts(): string[] {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const queue = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
    (match) => match[1] as string,
  );
  const seen = new Set<string>();
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const source = readFileSync(join(DIST, file), 'utf8');
    for (const [, name] of source.matchAll(
      /(?:^|[;}\n])import\s?(?:[^"'()]*?from\s?)?["']\.\/([^"']+\.js)["']/g,
    )) {
      queue.push(`assets/${name}`);
    }
  }
  return [...seen];
}

test('the first paint needs at most 350 kB of script and none of the engine', () => {
  const scripts = initialScripts();
  expect(scripts.length).toBeGreaterThan(1);
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0);
  expect(bytes).toBeLessThan(BUDGET_BYTES);
  for (const file of scripts) {
    const source = readFileSync(join(DIST, file), 'utf8');
    // Words that only tfjs and Cytoscape contain, minified or not.
    expect(source, file).not.toMatch(/tfjs|registerKernel|hideEdgesOnViewport/);
  }
});

test('the built page carries its policy, relative addresses, and a licence file of everything in it', () => {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8').replaceAll('&#39;', "'");
  expect(html).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(html).not.toMatch(/(?:src|href)="\//);
  const licences = readFileSync(join(DIST, 'third-party-licences.md'), 'utf8');
  for (const name of [
    'react',
    '@mantine/core',
    'cytoscape',
    '@tensorflow/tfjs-core',
    'comlink',
    'fflate',
    'uplot',
  ]) {
    expect(licences, name).toContain(name);
  }
  expect(readdirSync(join(DIST, 'assets')).some((name) => name.startsWith('kernels-shared'))).toBe(true);
});

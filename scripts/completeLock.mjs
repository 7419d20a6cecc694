/**
 * Completes package-lock.json after `npm install` behind a partial registry mirror: binary packages of other platforms
 * that the mirror lacks are missing from the lock, and `npm ci` then refuses it. Adds an entry (version, os, cpu, libc from the
 * package's name) for each optional dependency without one; npm skips those that do not fit the machine.
 * Run by hand: node scripts/completeLock.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const path = join(resolve(import.meta.dirname, '..'), 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const OS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'wasm32'];
const CPU = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32'];

function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.find((word) => OS.includes(word));
  const cpu = words.find((word) => CPU.includes(word));
  if (os === undefined && cpu === undefined) return null;
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : null;
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(os === undefined || os === 'wasm32' ? {} : { os: [os] }),
    ...(libc === null || os !== 'linux' ? {} : { libc: [libc] }),
  };
}

const added = [];
for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const platform = platformOf(name);
    if (lock.packages[key] !== undefined || platform === null || !/^\d/.test(version)) continue;
    lock.packages[key] = {
      version,
      ...platform,
      ...(owner.dev === true ? { dev: true } : {}),
      optional: true,
    };
    added.push(`${name}@${version}`);
  }
}
const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
process.stderr.write(`${added.length} entries added\n`);

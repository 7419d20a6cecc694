/**
 * Set-up that every command does for itself on a fresh clone: dependencies, kernels, the headless bundle, the page, a
 * Chromium for tests. Each step is skipped when its result is newer than its inputs. Everything is said on stderr, so
 * that stdout stays the command's own. Runs before dependencies exist: Node's own modules only.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
const at = (...parts) => join(root, ...parts);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Runs a command with its output on stderr; ends this process with its status when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['inherit', 2, 2], ...options });
  if (error !== undefined || status !== 0) {
    process.stderr.write(
      `\n${command} ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}\n`,
    );
    process.exit(status ?? 1);
  }
}

/** Runs a tool of node_modules with this Node. */
export function runTool(packageBin, args, options = {}) {
  run(process.execPath, [at('node_modules', packageBin), ...args], options);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Installs exactly what package-lock.json says, when node_modules is absent or of another lock file. */
export function ensureDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    say(`Node ${process.versions.node} is too old: Graphwright needs 20.19 or newer.`);
    process.exit(1);
  }
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
  const stamp = at('node_modules', '.graphwright-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing dependencies …');
  run(npm, ['ci', '--no-audit', '--no-fund']);
  writeFileSync(stamp, lock);
}

function newest(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), info.mtimeMs);
}

function isStale(output, inputs) {
  const built = statSync(at(output), { throwIfNoEntry: false });
  return built === undefined || inputs.some((input) => newest(at(input)) > built.mtimeMs);
}

const ENGINE_INPUTS = ['src', 'build/kernels', 'package-lock.json'];

/** Compiles the WASM kernels; the script itself skips unchanged sources. */
export function ensureKernels() {
  run(process.execPath, [at('scripts/buildKernels.mjs')]);
}

export function ensureHeadlessRunner() {
  ensureKernels();
  if (!isStale('dist-cli/graphwright.cjs', [...ENGINE_INPUTS, 'vite.cli.config.ts'])) return;
  say('Building the headless runner …');
  runTool('vite/bin/vite.js', ['build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn']);
}

export function ensurePage() {
  ensureKernels();
  if (
    !isStale('dist/index.html', [
      ...ENGINE_INPUTS,
      'public',
      'index.html',
      'vite.config.ts',
      'scripts/pagePolicy.ts',
    ])
  )
    return;
  say('Building the page …');
  runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn']);
}

/** Finds or installs a Chromium for tests: named by CHROMIUM, Debian's package, else Playwright's own. */
export async function ensureChromium() {
  if (process.env.CHROMIUM !== undefined || existsSync('/usr/bin/chromium')) return;
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (isDebianRoot) {
    say('Installing Chromium (Debian package) …');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    return;
  }
  const { chromium } = await import('playwright');
  if (existsSync(chromium.executablePath())) return;
  say('Installing Chromium (Playwright) …');
  runTool('playwright/cli.js', ['install', 'chromium']);
}

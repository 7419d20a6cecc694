/**
 * Writes third-party-licences.md: every package whose code is in the page or in one of its workers, with its licence text.
 * Vite's own `build.license` sees the page's modules only, which would leave out TensorFlow.js and the readers.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const FILE_NAME = 'third-party-licences.md';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

/** Returns the plugin of the page, which writes the file, and the one of the workers, which only collects. */
export function licencePlugins(): { readonly page: Plugin; readonly worker: () => Plugin[] } {
  const folders = new Set<string>();
  const collect = (ids: Iterable<string>): void => {
    for (const id of ids) {
      const folder = packageFolder(id);
      if (folder !== null) folders.add(folder);
    }
  };
  return {
    worker: () => [
      {
        name: 'graphwright-worker-licences',
        generateBundle() {
          collect(this.getModuleIds());
        },
      },
    ],
    page: {
      name: 'graphwright-licences',
      apply: 'build',
      // Workers are bundled while the page's modules are transformed, hence before this.
      generateBundle() {
        collect(this.getModuleIds());
        this.emitFile({ type: 'asset', fileName: FILE_NAME, source: licenceText([...folders].sort()) });
      },
    },
  };
}

/** Folder of the package a module belongs to: the nearest package.json with a name, below the last node_modules. */
function packageFolder(id: string): string | null {
  const path = id.replace(/^\0+/, '').replace(/[?#].*$/, '');
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return null;
  const root = path.slice(0, at + '/node_modules'.length);
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && manifestOf(folder).name !== undefined) return folder;
  }
  return null;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function licenceText(folders: readonly string[]): string {
  const sections = folders.map((folder) => {
    const { name = '', version = '', license = 'licence not named' } = manifestOf(folder);
    const file = readdirSync(folder).find((entry) => /^licen[sc]e(\.|$)/i.test(entry));
    const text =
      file === undefined
        ? 'The package carries no licence file.'
        : readFileSync(join(folder, file), 'utf8').trim();
    return `## ${name} ${version} (${license})\n\n${text}\n`;
  });
  return `# Third-party licences\n\nGraphwright contains code of these packages.\n\n${[...new Set(sections)].join('\n')}`;
}

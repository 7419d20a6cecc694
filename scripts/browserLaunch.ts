/**
 * How tests and benches start Chromium: Debian's package where it is installed, else the one Playwright downloaded;
 * WebGPU on (a software adapter without a GPU); quiet when there is no network. `CHROMIUM` names another executable.
 */
import { existsSync } from 'node:fs';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

export interface BrowserLaunch {
  executablePath?: string;
  args: string[];
}

export function browserLaunch(): BrowserLaunch {
  const named = process.env.CHROMIUM;
  const executablePath = named ?? (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined);
  const isRoot = process.getuid?.() === 0;
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--enable-unsafe-webgpu',
      '--enable-features=Vulkan',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...(isRoot ? ['--no-sandbox'] : []),
    ],
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WorkbenchError } from '../core/errors.ts';
import { startBackend } from '../engine/backend.ts';
import { nodeEngineHost, projectRoot } from './engineHost.ts';

describe('projectRoot', () => {
  const root = process.cwd();
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('is found from a folder inside the project', () => {
    vi.spyOn(process, 'cwd').mockReturnValue(join(root, 'src', 'cli'));
    expect(projectRoot()).toBe(root);
  });

  it('is taken from GRAPHWRIGHT_ROOT', () => {
    vi.stubEnv('GRAPHWRIGHT_ROOT', '/elsewhere');
    expect(projectRoot()).toBe('/elsewhere');
  });

  it('is missed with a remedy outside the project', () => {
    const outside = mkdtempSync(join(tmpdir(), 'graphwright-'));
    vi.spyOn(process, 'cwd').mockReturnValue(outside);
    expect(() => projectRoot()).toThrow(
      new WorkbenchError(`No Graphwright project at or above ${outside}.`, {
        code: 'project-root',
        remedy: 'Run the command inside the project folder, or set GRAPHWRIGHT_ROOT to it.',
      }),
    );
    rmSync(outside, { recursive: true });
  });
});

describe('nodeEngineHost', () => {
  it('names the missing kernels and the command that builds them', async () => {
    const error: unknown = await nodeEngineHost('/nowhere')
      .loadKernelModule('shared')
      .catch((thrown: unknown) => thrown);
    expect(error).toEqual(
      new WorkbenchError('The compiled kernels are missing: /nowhere/build/kernels/kernels-shared.wasm.', {
        code: 'kernels-missing',
        remedy: 'Run npm run build:kernels.',
      }),
    );
  });

  it('lets the process end while kernel threads wait', async () => {
    const ports = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;
    const before = ports();
    const started = await startBackend('wasm', nodeEngineHost(), { threads: 2 });
    expect(started.threads).toBe(2);
    expect(ports()).toBe(before);
    started.dispose();
  });
});

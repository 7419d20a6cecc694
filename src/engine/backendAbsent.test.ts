/** Choosing a backend when none starts; in a file of its own because it replaces the CPU backend. */
import { expect, it, vi } from 'vitest';
import { nodeEngineHost } from '../cli/engineHost.ts';
import { BackendError } from '../core/errors.ts';
import { chooseBackend } from './backend.ts';

vi.mock('./backends/cpu.ts', () => ({ startDevice: () => Promise.reject(new Error('no CPU')) }));

const loadKernelModule = (): Promise<never> => Promise.reject(new Error('no file'));

it('names every reason when no backend starts', async () => {
  const choosing = chooseBackend('wasm', null, { ...nodeEngineHost(), loadKernelModule });
  const error: unknown = await choosing.catch((thrown: unknown) => thrown);
  expect(error).toEqual(
    new BackendError('No compute backend started.', {
      code: 'no-backend',
      remedy: 'Update the browser, or open Graphwright in another one.',
      details: { reasons: ['WASM did not start (no file)', 'CPU did not start (no CPU)'] },
    }),
  );
});

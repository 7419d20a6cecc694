/** What the WebGPU start adds to tfjs: reproducible long products, and errors that are heard. Skipped without an adapter. */
import { backend, matMul, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawNormal } from '../../core/random.ts';
import { browserEngineHost } from '../../workers/engineHost.ts';
import { type StartedBackend, startBackend, takeDeviceErrors } from '../backend.ts';
import { weightGradientReference } from '../kernels/weightGradient/reference.ts';

const adapter = await navigator.gpu?.requestAdapter();

describe.skipIf(!adapter)('startBackend("webgpu")', () => {
  let started: StartedBackend;

  beforeAll(async () => {
    started = await startBackend('webgpu', browserEngineHost());
  });
  afterAll(() => started.dispose());

  it('repeats products with a long inner size bit for bit', async () => {
    const [rows, inputs, columns] = [6000, 24, 16];
    const normals = (size: number, key: number): Float32Array =>
      Float32Array.from({ length: size }, (_, element) => drawNormal(key, element));
    const [xs, gs] = [normals(rows * inputs, 1), normals(rows * columns, 2)];
    const [x, g] = [tensor2d(xs, [rows, inputs]), tensor2d(gs, [rows, columns])];
    const product = async (): Promise<Float32Array> => {
      const out = tidy(() => matMul(x, g, true));
      const values = (await out.data()) as Float32Array;
      out.dispose();
      return values;
    };
    const first = await product();
    const expected = weightGradientReference(xs, gs, rows, inputs, columns);
    first.forEach((value, at) => expect(Math.abs(value - (expected[at] as number))).toBeLessThan(2e-3));
    for (let run = 0; run < 3; run++) expect(await product()).toEqual(first);
    x.dispose();
    g.dispose();
  });

  it('reports what the device complains of', async () => {
    expect(takeDeviceErrors()).toEqual([]);
    const { device } = backend() as WebGPUBackend;
    device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
    await device.queue.onSubmittedWorkDone();
    await expect.poll(() => takeDeviceErrors().map(({ code }) => code)).toEqual(['device-error']);
  });

  it('reports a lost device, but not one it gave up itself', async () => {
    (backend() as WebGPUBackend).device.destroy();
    await expect.poll(() => takeDeviceErrors().map(({ code }) => code)).toEqual(['device-lost']);
    started.dispose();
    started = await startBackend('webgpu', browserEngineHost());
    started.dispose();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(takeDeviceErrors()).toEqual([]);
  });
});

/** What every backend's start function returns, and how a start is limited in time and its failure explained. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { BackendError } from '../../core/errors.ts';
import type { EngineHost } from '../host.ts';
import type { BackendName } from '../runTypes.ts';

export interface BackendStartOptions {
  /** Threads of the WASM backend, this one included; 1 disables. Default: the logical processors, at most 4. */
  readonly threads?: number;
}

/** A device ready for registration with TensorFlow.js. */
export interface DeviceStart {
  readonly device: KernelBackend;
  /** 'WASM · SIMD', 'WebGPU · Apple M2' */
  readonly label: string;
  readonly threads: number;
  /** Emulated on the CPU: never preferred to WASM. */
  readonly isSoftware: boolean;
  /** Ends what TensorFlow.js does not know of (threads). */
  dispose(): void;
  /** Registers this project's kernels; called once the backend is current. */
  registerKernels(): void;
}

export type DeviceStarter = (host: EngineHost, options: BackendStartOptions) => Promise<DeviceStart>;

export const START_LIMIT_MS = 5000;

const NAMES: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WASM',
  cpu: 'CPU',
};

export function backendTitle(name: BackendName): string {
  return NAMES[name];
}

export function startFailure(name: BackendName, reason: string, cause?: unknown): BackendError {
  return new BackendError(`${NAMES[name]} did not start: ${reason}`, {
    code: 'backend-start',
    remedy: name === 'wasm' ? 'Choose CPU under Compute.' : 'Choose WASM under Compute.',
    details: { requested: name, reason },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Text of anything a device or glue code rejects with (tfjs rejects with plain objects). */
export function reasonOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}

/** Settles like `work`, or rejects after `limitMs` with a BackendError. */
export async function withinLimit<T>(name: BackendName, work: Promise<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(startFailure(name, `no answer within ${limitMs / 1000} s.`)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Starts a TensorFlow.js backend with this project's kernels, within a time limit and with the reason when it fails, and
 * chooses one by measured speed. What is particular to a backend is in backends/; GPU packages load only when asked for.
 */
import { enableProdMode, engine, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
// NOTE: after the core, whose flags the gradients read while they load.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { BackendError } from '../core/errors.ts';
import { type BenchmarkSize, LARGE_BENCHMARK, measureEpochMs, SMALL_BENCHMARK } from './backendBenchmark.ts';
import {
  type Considered,
  measurementUsed,
  ranked,
  wasMeasuredLarge,
  type Workload,
} from './backendRanking.ts';
import {
  type BackendStartOptions,
  backendTitle,
  type DeviceStart,
  type DeviceStarter,
  reasonOf,
  START_LIMIT_MS,
  startFailure,
  withinLimit,
} from './backends/backendStart.ts';
import { takeDeviceErrors } from './backends/deviceErrors.ts';
import type { EngineHost } from './host.ts';
import type { BackendChoice, BackendName } from './runTypes.ts';

export { takeDeviceErrors };

const STARTERS: Readonly<Record<BackendName, () => Promise<{ startDevice: DeviceStarter }>>> = {
  wasm: () => import('./backends/wasm.ts'),
  cpu: () => import('./backends/cpu.ts'),
  webgl: () => import('./backends/webgl.ts'),
  webgpu: () => import('./backends/webgpu.ts'),
};

export interface StartedBackend {
  readonly backend: BackendName;
  /** 'WASM · SIMD · 2 threads', 'WebGPU · Apple M2' */
  readonly label: string;
  readonly threads: number;
  /** The device is emulated on the CPU. */
  readonly isSoftware: boolean;
  /** Frees the backend with every tensor on it; it can be started again. */
  dispose(): void;
}

const running = new Map<BackendName, { started: StartedBackend; wishedThreads: number | undefined }>();

/**
 * Makes `name` the current backend, starting it unless it already runs with the same options. Restarting the WASM backend
 * with another thread count drops its tensors.
 * @throws {BackendError} `backend-start`: not offered here, failed, or silent for 5 s; details hold the reason
 */
export async function startBackend(
  name: BackendName,
  host: EngineHost,
  options: BackendStartOptions = {},
): Promise<StartedBackend> {
  enableProdMode();
  const known = running.get(name);
  if (known !== undefined && known.wishedThreads === options.threads) {
    await makeCurrent(name);
    return known.started;
  }
  known?.started.dispose();
  const start = await startDevice(name, host, options);
  registerDevice(name, start);
  await makeCurrent(name);
  start.registerKernels();
  const started: StartedBackend = {
    backend: name,
    label: start.label,
    threads: start.threads,
    isSoftware: start.isSoftware,
    dispose() {
      if (running.get(name)?.started !== started) return;
      running.delete(name);
      start.dispose();
      removeBackend(name);
    },
  };
  running.set(name, { started, wishedThreads: options.threads });
  return started;
}

async function startDevice(
  name: BackendName,
  host: EngineHost,
  options: BackendStartOptions,
): Promise<DeviceStart> {
  const starting = STARTERS[name]().then((module) => module.startDevice(host, options));
  try {
    return await withinLimit(name, starting, START_LIMIT_MS);
  } catch (error) {
    // A device that arrives after the limit is not kept.
    starting.then(
      (late) => late.dispose(),
      () => undefined,
    );
    throw error instanceof BackendError ? error : startFailure(name, reasonOf(error), error);
  }
}

/** Hands a finished device to tfjs under its stock name, so that the stock kernels serve it. */
function registerDevice(name: BackendName, start: DeviceStart): void {
  if (name in engine().registryFactory) removeBackend(name);
  registerBackend(name, () => start.device);
}

async function makeCurrent(name: BackendName): Promise<void> {
  if (!(await setBackend(name))) throw startFailure(name, 'TensorFlow.js could not initialise it.');
}

/** Order of measurement: WASM is the yardstick; plain JavaScript is only the last resort. */
const MEASURED: readonly BackendName[] = ['wasm', 'webgpu', 'webgl'];
const MEASURE_LIMIT_MS = 1500;

/**
 * Returns the backend for the runs that follow, started and current. A named one is taken as it is, `auto` repeats a
 * remembered choice or measures: a small training epoch on each backend, and where a GPU takes part a large one too.
 * Software adapters are not measured. One that does not start is passed over, with its reason in `considered`; WASM, then
 * CPU, stand in for a named one.
 * @param workload of the run to come; decides between the figures, measured or remembered. Without it the small epoch does
 * @throws {BackendError} `no-backend`: not even plain JavaScript started; details hold every reason
 */
export async function chooseBackend(
  requested: BackendName | 'auto',
  remembered: BackendChoice | null,
  host: EngineHost,
  workload: Workload | null = null,
): Promise<BackendChoice> {
  if (requested !== 'auto') return namedChoice(requested, host);
  if (remembered !== null) {
    const repeated = rankedAnew(remembered, workload);
    const started = await tryStart(repeated.backend, host);
    if (typeof started !== 'string') {
      return { ...repeated, label: started.label, threads: started.threads };
    }
  }
  return measuredChoice(host, workload);
}

/** Returns the remembered choice, or what its figures say about this workload; starts nothing. */
export function rankedAnew(remembered: BackendChoice, workload: Workload | null): BackendChoice {
  if (workload === null || !wasMeasuredLarge(remembered.considered)) return remembered;
  const [best] = ranked(remembered.considered, workload);
  if (best === undefined) return remembered;
  return {
    ...remembered,
    backend: best.backend,
    reason: reasonFor(best, remembered.considered, workload),
  };
}

function reasonFor(chosen: Considered, considered: readonly Considered[], workload: Workload | null): string {
  const others = considered.filter((entry) => entry !== chosen);
  const sentences = [chosen, ...others].map(({ backend, note }) => `${backendTitle(backend)}: ${note}`);
  return `${sentences.join('; ')}.${measurementUsed(considered, workload)}`;
}

/** The started backend, or why it did not start. */
async function tryStart(backend: BackendName, host: EngineHost): Promise<StartedBackend | string> {
  try {
    return await startBackend(backend, host);
  } catch (error) {
    return failureNote(error);
  }
}

async function namedChoice(requested: BackendName, host: EngineHost): Promise<BackendChoice> {
  const considered: Considered[] = [];
  for (const backend of new Set<BackendName>([requested, 'wasm', 'cpu'])) {
    const started = await tryStart(backend, host);
    if (typeof started === 'string') {
      considered.push({ backend, epochMs: null, note: started });
      continue;
    }
    const failures = considered.map((entry) => `${backendTitle(entry.backend)} ${entry.note}. `).join('');
    const reason = `${failures}${backendTitle(backend)} is ${backend === requested ? 'your choice' : 'used instead'}.`;
    considered.push({ backend, epochMs: null, note: 'not measured' });
    return { backend, label: started.label, threads: started.threads, reason, considered };
  }
  throw noBackend(considered);
}

async function measuredChoice(host: EngineHost, workload: Workload | null): Promise<BackendChoice> {
  let considered: Considered[] = [];
  for (const backend of MEASURED) considered.push(await measureBackend(backend, host));
  if (considered.some(({ backend, epochMs }) => backend !== 'wasm' && epochMs !== null))
    considered = await withLargeEpochs(considered, host);
  const [best] = ranked(considered, workload);
  const others = considered.filter((entry) => entry !== best);
  for (const { backend } of others) running.get(backend)?.started.dispose();
  const chosen = best ?? (await lastResort(host, considered));
  const started = await startBackend(chosen.backend, host);
  return {
    backend: chosen.backend,
    label: started.label,
    threads: started.threads,
    reason: reasonFor(chosen, considered, workload),
    considered,
  };
}

async function lastResort(host: EngineHost, considered: Considered[]): Promise<Considered> {
  const started = await tryStart('cpu', host);
  const isStarted = typeof started !== 'string';
  considered.push({ backend: 'cpu', epochMs: null, note: isStarted ? 'the last resort' : started });
  if (!isStarted) throw noBackend(considered);
  return considered.at(-1) as Considered;
}

/** Starts one backend and times its small epoch; a failure becomes the note. */
async function measureBackend(backend: BackendName, host: EngineHost): Promise<Considered> {
  try {
    const { isSoftware } = await startBackend(backend, host);
    if (isSoftware) return { backend, epochMs: null, note: 'software adapter, not measured' };
    const epochMs = await timedEpoch(backend, host, SMALL_BENCHMARK);
    return { backend, epochMs, note: `${epochMs.toFixed(1)} ms per small epoch` };
  } catch (error) {
    return { backend, epochMs: null, note: failureNote(error) };
  }
}

/** Times the large epoch on every backend that did the small one. */
async function withLargeEpochs(considered: readonly Considered[], host: EngineHost): Promise<Considered[]> {
  const both: Considered[] = [];
  for (const entry of considered) {
    if (entry.epochMs === null) {
      both.push(entry);
      continue;
    }
    try {
      await startBackend(entry.backend, host);
      const largeEpochMs = await timedEpoch(entry.backend, host, LARGE_BENCHMARK);
      both.push({
        ...entry,
        largeEpochMs,
        note: `${entry.note}, ${largeEpochMs.toFixed(1)} ms per large one`,
      });
    } catch (error) {
      const note = `${entry.note}, the large one failed (${failureReason(error)})`;
      both.push({ ...entry, largeEpochMs: null, note });
    }
  }
  return both;
}

async function timedEpoch(backend: BackendName, host: EngineHost, size: BenchmarkSize): Promise<number> {
  const measuring = measureEpochMs(() => host.now(), MEASURE_LIMIT_MS, size);
  const epochMs = await withinLimit(backend, measuring, START_LIMIT_MS);
  const [error] = takeDeviceErrors();
  if (error !== undefined) throw error;
  return epochMs;
}

const failureNote = (error: unknown): string => `did not start (${failureReason(error)})`;

/** The reason without the sentence around it. */
function failureReason(error: unknown): string {
  const reason = error instanceof BackendError ? error.details['reason'] : undefined;
  return (typeof reason === 'string' ? reason : reasonOf(error)).replace(/\.$/, '');
}

function noBackend(considered: readonly Considered[]): BackendError {
  return new BackendError('No compute backend started.', {
    code: 'no-backend',
    remedy: 'Update the browser, or open Graphwright in another one.',
    details: { reasons: considered.map(({ backend, note }) => `${backendTitle(backend)} ${note}`) },
  });
}

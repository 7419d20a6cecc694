/** Where the time of one work's training steps goes, kernel by kernel; evaluation is not run at all. */
import { createBreather } from '../src/core/macrotask.ts';
import { resolveValues } from '../src/core/parameters.ts';
import { DEFAULT_MEMORY_BUDGET_BYTES } from '../src/engine/memoryEstimate.ts';
import { MODELS } from '../src/engine/models/index.ts';
import { TASKS } from '../src/engine/tasks/index.ts';
import { type KernelTime, profileKernels } from './kernelProfile.ts';
import { configOf, type TrainingData } from './trainingTimes.ts';
import type { TrainingWork } from './works.ts';

export interface TrainingProfile {
  /** Mean of a training step, clocks included. */
  readonly stepMs: number;
  /** What is left when the kernels are taken off: gradient tape, allocation, reading the loss. */
  readonly otherMs: number;
  /** Per step. */
  readonly kernels: readonly KernelTime[];
}

/** Steps that let the heap grow and the code be compiled. */
const WARM_UP_STEPS = 2;

export async function profileTraining(
  work: TrainingWork,
  { graph, hints }: TrainingData,
): Promise<TrainingProfile> {
  const config = configOf(work, hints);
  const [task, descriptor] = [TASKS.get(config.task), MODELS.get(config.model)];
  const values = resolveValues([...descriptor.parameters, ...task.parameters], config.parameters);
  const profile = profileKernels('wasm');
  const budgetBytes = DEFAULT_MEMORY_BUDGET_BYTES;
  const prepared = task.prepare({ graph, config, values, descriptor, budgetBytes });
  const model = prepared.createModel(descriptor, values, createBreather());
  const rate = Number(values['learningRate']);
  const steps = Math.max(1, work.epochs - WARM_UP_STEPS);
  let startedMs = 0;
  for (let epoch = 1; epoch <= WARM_UP_STEPS + steps; epoch++) {
    if (epoch === WARM_UP_STEPS + 1) {
      profile.reset();
      startedMs = performance.now();
    }
    await model.step(epoch, rate);
  }
  const stepMs = (performance.now() - startedMs) / steps;
  const kernels = profile
    .times()
    .map(({ kernel, calls, ms }) => ({ kernel, calls: calls / steps, ms: ms / steps }));
  model.dispose();
  prepared.dispose();
  return { stepMs, otherMs: stepMs - kernels.reduce((sum, { ms }) => sum + ms, 0), kernels };
}

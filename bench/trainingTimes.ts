/**
 * Times the epochs of one training as a person would run it: the engine's own run, task and model, evaluation between the
 * epochs left out of the times. The same in Node and in a browser worker; the WASM backend must be current.
 */
import { backend, memory } from '@tensorflow/tfjs-core';
import { type Graph, numEdges, numNodes } from '../src/core/graph.ts';
import type { EpochEvent, RunConfig, RunDescription } from '../src/engine/runTypes.ts';
import { createRunControl } from '../src/engine/training/runControl.ts';
import { trainRun } from '../src/engine/training/trainRun.ts';
import type { TaskHints } from '../src/io/importTypes.ts';
import { median } from './median.ts';
import { RANDOM_TARGET } from './randomGraph.ts';
import type { TrainingWork } from './works.ts';

/** A graph to train on, and what its files say about how. */
export interface TrainingData {
  readonly graph: Graph;
  readonly hints: TaskHints;
}

export interface MemoryMark {
  readonly epoch: number;
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Of the WebAssembly memory, which grows and never shrinks. */
  readonly heapBytes: number;
}

export interface TrainingTimes {
  readonly nodes: number;
  readonly edges: number;
  readonly features: number;
  readonly classes: number;
  readonly threads: number;
  readonly epochs: number;
  /** Of the training step; the first epoch, which grows the heap, does not count. */
  readonly medianMs: number;
  readonly minMs: number;
  readonly evaluationMs: number;
  readonly loss: number;
  readonly afterThird: MemoryMark;
  readonly afterLast: MemoryMark;
}

export function configOf(work: TrainingWork, hints: TaskHints): RunConfig {
  const isRandom = work.graph !== 'citations';
  return {
    task: 'node-classification',
    nodeType: null,
    target: isRandom ? RANDOM_TARGET : (hints.target ?? null),
    model: work.model,
    seed: 0,
    split: isRandom ? 'all' : (hints.split ?? 'auto'),
    features: hints.features ?? 'auto',
    edgeWeight: null,
    parameters: { ...work.parameters, epochs: work.epochs, patience: 0 },
  };
}

/** @throws {Error} fewer than four epochs, which leave nothing to compare memory with */
export async function timeTraining(
  work: TrainingWork,
  { graph, hints }: TrainingData,
  threads: number,
): Promise<TrainingTimes> {
  if (work.epochs < 4) throw new Error(`${work.epochs} epochs are too few to time; give 4 or more`);
  const run = trainRun(graph, configOf(work, hints), {
    control: createRunControl(),
    backend: 'wasm',
    snapshotIntervalMs: null,
    withBaselines: false,
  });
  const epochs: EpochEvent[] = [];
  const marks: MemoryMark[] = [];
  let description: RunDescription | null = null;
  for await (const event of run) {
    if (event.kind === 'started') description = event.run;
    if (event.kind !== 'epoch') continue;
    epochs.push(event);
    if (event.epoch === 3 || event.epoch === work.epochs) marks.push(markMemory(event.epoch));
  }
  const timed = epochs.slice(1);
  const trainMs = timed.map((event) => event.trainMs);
  return {
    nodes: numNodes(graph),
    edges: numEdges(graph),
    features: description?.featureWidth ?? 0,
    classes: description?.classes.length ?? 0,
    threads,
    epochs: timed.length,
    medianMs: median(trainMs),
    minMs: Math.min(...trainMs),
    evaluationMs: median(timed.map((event) => event.evalMs)),
    loss: epochs.at(-1)?.loss ?? Number.NaN,
    afterThird: marks[0] as MemoryMark,
    afterLast: marks[1] as MemoryMark,
  };
}

function markMemory(epoch: number): MemoryMark {
  const { numTensors, numBytes } = memory();
  return { epoch, tensors: numTensors, tensorBytes: numBytes, heapBytes: heapBytes() };
}

/** The heap's memory is `wasmMemory` in the threaded build of TensorFlow.js, an export in the plain one. */
function heapBytes(): number {
  const { wasm } = backend() as unknown as {
    readonly wasm: {
      readonly wasmMemory?: WebAssembly.Memory;
      readonly asm: { readonly memory: WebAssembly.Memory };
    };
  };
  return (wasm.wasmMemory ?? wasm.asm.memory).buffer.byteLength;
}

/**
 * The folder that `--out` writes and `--resume` and `--apply` read: the trained model and the checkpoint of the first
 * seed. Tensors are safetensors files; what is no tensor is JSON in their metadata or beside them.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ParseError, WorkbenchError } from '../core/errors.ts';
import { type NamedTensor, readSafetensors, writeSafetensors } from '../core/safetensors.ts';
import type { ModelState } from '../engine/parameterStore.ts';
import type { TrainedModel } from '../engine/training/applyModel.ts';
import type { RunSnapshot } from '../engine/training/runSnapshot.ts';

const MODEL_JSON = 'model.json';
const MODEL_TENSORS = 'model.safetensors';
const CHECKPOINT = 'checkpoint.safetensors';
/** Of both JSON parts; a newer one is refused. */
const VERSION = 1;

export async function writeModel(folder: string, trained: TrainedModel): Promise<void> {
  const { state, ...plain } = trained;
  const json = `${JSON.stringify({ version: VERSION, optimiserStep: state.optimiserStep, ...plain }, null, 2)}\n`;
  await writeFile(join(folder, MODEL_JSON), json);
  const metadata = { model: trained.config.model, config: JSON.stringify(trained.config) };
  await writeFile(join(folder, MODEL_TENSORS), writeSafetensors(state.tensors, metadata));
}

/** @throws {ParseError | WorkbenchError} the folder has no model, or one that this version cannot read */
export async function readModel(folder: string): Promise<TrainedModel> {
  const json = await readJson(folder, MODEL_JSON);
  const { tensors } = readSafetensors(await readBytes(folder, MODEL_TENSORS));
  const none = new Float32Array(0);
  const { version, optimiserStep, ...plain } = json as { version: number; optimiserStep: number } & Omit<
    TrainedModel,
    'state'
  >;
  assertVersion(version, folder);
  return {
    ...plain,
    state: {
      optimiserStep,
      tensors: tensors.map((tensor) => ({ ...tensor, firstMoment: none, secondMoment: none })),
    },
  };
}

export async function writeCheckpoint(folder: string, snapshot: RunSnapshot): Promise<void> {
  const { model, bestModel, ...plain } = snapshot;
  const tensors = [...stateTensors('current', model), ...stateTensors('best', bestModel)];
  // JSON has no −∞ and ∞, which early stopping starts from.
  const text = JSON.stringify(
    { version: VERSION, steps: [model.optimiserStep, bestModel.optimiserStep], ...plain },
    (_, value: unknown) =>
      typeof value === 'number' && !Number.isFinite(value) ? { notFinite: String(value) } : value,
  );
  await writeFile(join(folder, CHECKPOINT), writeSafetensors(tensors, { checkpoint: text }));
}

/** @throws {ParseError | WorkbenchError} the folder has no checkpoint, or one that this version cannot read */
export async function readCheckpoint(folder: string): Promise<RunSnapshot> {
  const { tensors, metadata } = readSafetensors(await readBytes(folder, CHECKPOINT));
  const { version, steps, ...plain } = JSON.parse(metadata['checkpoint'] ?? '{}', (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'notFinite' in value ? Number(value.notFinite) : value,
  ) as { version: number; steps: [number, number] } & Omit<RunSnapshot, 'model' | 'bestModel'>;
  assertVersion(version, folder);
  return {
    ...plain,
    model: stateOf('current', tensors, steps[0]),
    bestModel: stateOf('best', tensors, steps[1]),
  };
}

const PARTS = ['values', 'firstMoment', 'secondMoment'] as const;

function stateTensors(which: string, state: ModelState): NamedTensor[] {
  return state.tensors.flatMap((tensor) =>
    PARTS.filter((part) => part === 'values' || tensor[part].length > 0).map((part) => ({
      name: `${which}/${part}/${tensor.name}`,
      shape: tensor.shape,
      values: tensor[part],
    })),
  );
}

function stateOf(which: string, tensors: readonly NamedTensor[], optimiserStep: number): ModelState {
  const prefix = `${which}/values/`;
  const none = new Float32Array(0);
  const find = (part: string, name: string): Float32Array =>
    tensors.find((tensor) => tensor.name === `${which}/${part}/${name}`)?.values ?? none;
  return {
    optimiserStep,
    tensors: tensors
      .filter((tensor) => tensor.name.startsWith(prefix))
      .map(({ name: full, shape, values }) => {
        const name = full.slice(prefix.length);
        return {
          name,
          shape,
          values,
          firstMoment: find('firstMoment', name),
          secondMoment: find('secondMoment', name),
        };
      }),
  };
}

function assertVersion(version: unknown, folder: string): void {
  if (version === VERSION) return;
  throw new WorkbenchError(
    `The run in '${folder}' was written by another version (format ${String(version)}).`,
    {
      code: 'run-version',
      remedy: 'Train it again with this version.',
      details: { version, known: VERSION },
    },
  );
}

async function readBytes(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    throw new ParseError(`'${folder}' has no ${name}.`, {
      code: 'no-run',
      remedy: 'Name a folder that --out of a finished run wrote.',
      details: { folder, name },
      cause: error,
    });
  }
}

async function readJson(folder: string, name: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(folder, name));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ParseError(`${name} in '${folder}' is not JSON.`, {
      code: 'no-run',
      remedy: 'Name a folder that --out of a finished run wrote.',
      details: { folder, name },
      cause: error,
    });
  }
}

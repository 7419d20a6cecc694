/**
 * Turns a forward function and its parameters into a Model: gradient, optimiser step, inference, checkpoints. Every step
 * is one `tidy`; the only tensors that outlive it are the loss (read and disposed) and the parameters.
 */
import { type Scalar, type Tensor, type Tensor2D, tidy, variableGrads } from '@tensorflow/tfjs-core';
import type { ModelInput } from '../graphInput.ts';
import type { ForwardPass } from '../layers/layerContext.ts';
import type { Objective } from '../losses/objective.ts';
import { clipByGlobalNorm } from '../optimizers/clipByGlobalNorm.ts';
import { OPTIMIZERS } from '../optimizers/index.ts';
import type { ParameterStore } from '../parameterStore.ts';
import { readTensor } from '../readTensor.ts';
import {
  type BatchSource,
  type Model,
  type ModelContext,
  requireSupervision,
  type TrainingBatch,
} from './modelTypes.ts';
import { readAttention } from './readAttention.ts';
import { choiceValue, numberOr } from './trainerParameters.ts';

export interface ForwardResult {
  /** [N, outputs] */
  readonly output: Tensor2D;
  /** [N, H] what the embedding view shows. */
  readonly hidden: Tensor2D;
}

export interface NetworkParts {
  /** As error messages say it. */
  readonly modelName: string;
  readonly store: ParameterStore;
  readonly forward: (input: ModelInput, pass: ForwardPass) => ForwardResult;
  /** Message-passing layers between features and output: how far a sampled batch must reach. */
  readonly numGraphLayers: number;
}

/** Reads `dropout`, `optimizer`, `momentum` and `clipNorm` (trainerParameters.ts) where the model has them. */
export function createGradientModel(context: ModelContext, parts: NetworkParts): Model {
  const { store, forward, modelName, numGraphLayers } = parts;
  const { seed, values, training, evaluation, breathe } = context;
  const supervision = requireSupervision(context, modelName);
  const batches = context.batches(numGraphLayers);
  let whole: Objective | null = null;
  const variables = store.all.map((parameter) => parameter.value);
  const optimizer = OPTIMIZERS.get(choiceValue(values, 'optimizer', 'adam'));
  const clipNorm = numberOr(values, 'clipNorm', 0);
  const momentum = numberOr(values, 'momentum', 0);
  const dropout = numberOr(values, 'dropout', 0);
  let optimiserStep = 0;
  const inference: ForwardPass = { isTraining: false, step: 0, dropout: 0, seed };

  /** One optimiser step; the scalar loss is the caller's to read and dispose. */
  function update(input: ModelInput, objective: Objective, step: number, learningRate: number): Scalar {
    return tidy(() => {
      const pass: ForwardPass = { isTraining: true, step, dropout, seed };
      const { value, grads } = variableGrads(() => objective.loss(forward(input, pass).output), variables);
      const reached = store.all.filter((parameter) => grads[parameter.value.name] !== undefined);
      let gradients = reached.map((parameter) => grads[parameter.value.name] as Tensor);
      if (clipNorm > 0) gradients = clipByGlobalNorm(gradients, clipNorm);
      reached.forEach(({ value: parameter, firstMoment, secondMoment, weightDecay }, index) => {
        optimizer.apply(parameter, [firstMoment, secondMoment], gradients[index] as Tensor, {
          learningRate,
          step,
          weightDecay,
          momentum,
        });
      });
      return value as Scalar;
    });
  }

  async function batchEpoch(source: BatchSource, epoch: number, learningRate: number): Promise<number> {
    let sum = 0;
    let nodes = 0;
    let next: TrainingBatch | null = source.batch(epoch, 0);
    try {
      for (let index = 0; next !== null; index++) {
        const batch: TrainingBatch = next;
        next = null;
        try {
          const step = (epoch - 1) * source.batchesPerEpoch + index + 1;
          const loss = update(batch.input, batch.objective, step, learningRate);
          // Drawn before the loss is awaited: a graphics device computes meanwhile.
          if (index + 1 < source.batchesPerEpoch) next = source.batch(epoch, index + 1);
          const value = await readTensor(loss);
          loss.dispose();
          sum += (value[0] as number) * batch.numTrainNodes;
          nodes += batch.numTrainNodes;
        } finally {
          batch.dispose();
        }
        await breathe();
      }
    } finally {
      next?.dispose();
    }
    return sum / nodes;
  }

  return {
    get numParameters() {
      return store.numValues;
    },
    async step(epoch, learningRate) {
      optimiserStep = epoch;
      if (batches !== null) return batchEpoch(batches, epoch, learningRate);
      // Not before the first step: a model that is only applied has no labels to learn from.
      whole ??= supervision.objective(null);
      const loss = update(training, whole, epoch, learningRate);
      const read = await readTensor(loss);
      loss.dispose();
      return read[0] as number;
    },
    async predict(withEmbedding) {
      const [output, hidden] = tidy(() => {
        const result = forward(evaluation, inference);
        return withEmbedding ? [result.output, result.hidden] : [result.output];
      }) as [Tensor2D, Tensor2D?];
      const outputValues = await readTensor(output);
      const embedding = hidden === undefined ? null : await readTensor(hidden);
      const embeddingWidth = hidden?.shape[1] ?? 0;
      // A one-layer model's hidden layer is its output: the same tensor, disposed once.
      output.dispose();
      if (hidden !== undefined && hidden !== output) hidden.dispose();
      return { output: outputValues, embedding, embeddingWidth };
    },
    attention: () => readAttention(evaluation, forward, seed),
    keepBest: () => store.keep(),
    restoreBest: () => store.restoreKept(),
    state: () => store.read(optimiserStep),
    restore(state) {
      store.write(state);
      optimiserStep = state.optimiserStep;
    },
    dispose() {
      store.dispose();
      whole?.dispose();
    },
  };
}

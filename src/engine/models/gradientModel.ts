/**
 * Turns a forward function and its parameters into a Model: gradient, Adam step, inference, checkpoints. Every step is
 * one `tidy`; the only tensors that outlive it are the loss (read and disposed) and the parameters.
 */
import { type Scalar, type Tensor2D, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { adamStep } from '../kernels/adamStep/op.ts';
import type { Objective } from '../losses/maskedCrossEntropy.ts';
import type { ForwardPass } from '../layers/layerContext.ts';
import type { ParameterStore } from '../parameterStore.ts';
import { readTensor } from '../readTensor.ts';
import type { Model } from './modelTypes.ts';

export interface ForwardResult {
  /** [N, outputs] */
  readonly output: Tensor2D;
  /** [N, H] what the embedding view shows. */
  readonly hidden: Tensor2D;
}

export interface GradientModelParts {
  readonly store: ParameterStore;
  readonly forward: (pass: ForwardPass) => ForwardResult;
  readonly objective: Objective;
  readonly seed: number;
  readonly dropout: number;
  readonly weightDecay: number;
}

/** Adam's constants: Kingma & Ba 2015, https://arxiv.org/abs/1412.6980; L2 is added to the gradient. */
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

export function createGradientModel(parts: GradientModelParts): Model {
  const { store, forward, objective, seed, dropout, weightDecay } = parts;
  const variables = store.all.map((parameter) => parameter.value);
  let optimiserStep = 0;
  const inference: ForwardPass = { isTraining: false, step: 0, dropout: 0, seed };

  return {
    get numParameters() {
      return store.numValues;
    },
    async step(step, learningRate) {
      optimiserStep = step;
      const loss = tidy(() => {
        const pass: ForwardPass = { isTraining: true, step, dropout, seed };
        const { value, grads } = variableGrads(() => objective.loss(forward(pass).output), variables);
        for (const parameter of store.all) {
          const gradient = grads[parameter.value.name];
          if (gradient === undefined) continue;
          adamStep(parameter.value, parameter.firstMoment, parameter.secondMoment, gradient, {
            ...ADAM,
            learningRate,
            step,
            weightDecay: parameter.isDecayed ? weightDecay : 0,
          });
        }
        return value as Scalar;
      });
      const read = await readTensor(loss);
      loss.dispose();
      return read[0] as number;
    },
    async predict(withEmbedding) {
      const [output, hidden] = tidy(() => {
        const result = forward(inference);
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
    keepBest: () => store.keep(),
    restoreBest: () => store.restoreKept(),
    state: () => store.read(optimiserStep),
    restore(state) {
      store.write(state);
      optimiserStep = state.optimiserStep;
    },
    dispose: () => store.dispose(),
  };
}

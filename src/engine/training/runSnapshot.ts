/** A run at one epoch, as plain data: what resuming, a lost device and the search go on from. */
import type { ModelState } from '../parameterStore.ts';
import type { RunConfig } from '../runTypes.ts';
import type { EarlyStoppingState } from './earlyStopping.ts';
import type { ScheduleState } from './schedule.ts';

/** Everything needed to go on with a run later: a checkpoint. */
export interface RunSnapshot {
  readonly config: RunConfig;
  readonly graphVersion: string;
  readonly epoch: number;
  readonly learningRate: number;
  readonly model: ModelState;
  readonly bestModel: ModelState;
  readonly earlyStopping: EarlyStoppingState;
  readonly schedule: ScheduleState;
}

/** The same parameters with an optimiser that starts anew: its moments may be the cause of a divergence. */
export function withoutMoments(state: ModelState): ModelState {
  return {
    ...state,
    tensors: state.tensors.map((tensor) => ({
      ...tensor,
      firstMoment: new Float32Array(tensor.firstMoment.length),
      secondMoment: new Float32Array(tensor.secondMoment.length),
    })),
  };
}

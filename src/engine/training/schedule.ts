/**
 * How the learning rate changes over a run. The base rate is the parameter's, or what a person set while it trains; a
 * schedule multiplies it.
 *
 * cosine: ½(1 + cos(π(t − 1)/T)), Loshchilov & Hutter 2017, https://arxiv.org/abs/1608.03983 (one cycle);
 * step: a tenth after one third and again after two thirds of the epochs; plateau: half whenever the monitored metric has
 * not improved for a fifth of the patience (at least 5 epochs).
 */
export interface ScheduleState {
  readonly factor: number;
  readonly best: number;
  readonly epochsWithoutProgress: number;
}

export interface Schedule {
  /** Factor of epoch `epoch` (1-based). */
  factor(epoch: number): number;
  /** Tells the monitored validation metric (higher = better) of an epoch that ended. */
  observe(monitored: number | null): void;
  state: ScheduleState;
}

const PLATEAU_FACTOR = 0.5;

export function createSchedule(kind: string, epochs: number, patience: number): Schedule {
  let state: ScheduleState = { factor: 1, best: -Infinity, epochsWithoutProgress: 0 };
  const wait = Math.max(5, Math.round(patience / 5));
  return {
    factor(epoch) {
      if (kind === 'cosine') return 0.5 * (1 + Math.cos((Math.PI * (epoch - 1)) / epochs));
      if (kind === 'step') return epoch > (2 * epochs) / 3 ? 0.01 : epoch > epochs / 3 ? 0.1 : 1;
      return state.factor;
    },
    observe(monitored) {
      if (kind !== 'plateau' || monitored === null) return;
      if (monitored > state.best) {
        state = { ...state, best: monitored, epochsWithoutProgress: 0 };
        return;
      }
      const waited = state.epochsWithoutProgress + 1;
      state =
        waited >= wait
          ? { ...state, factor: state.factor * PLATEAU_FACTOR, epochsWithoutProgress: 0 }
          : { ...state, epochsWithoutProgress: waited };
    },
    get state() {
      return state;
    },
    set state(value) {
      state = value;
    },
  };
}

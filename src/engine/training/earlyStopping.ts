/**
 * Remembers the best epoch by validation score (higher is better; ties by lower validation loss) and says when neither
 * has improved for `patience` epochs. Without a validation part every epoch is the best so far and nothing stops early.
 */
export interface EarlyStoppingState {
  readonly bestEpoch: number;
  readonly bestScore: number;
  readonly bestLoss: number;
  readonly lowestLoss: number;
  readonly epochsWithoutProgress: number;
}

export interface EarlyStopping {
  /** Returns true when this epoch is the best so far. */
  observe(epoch: number, score: number | null, loss: number | null): boolean;
  readonly isExhausted: boolean;
  state: EarlyStoppingState;
}

export function createEarlyStopping(patience: number): EarlyStopping {
  let state: EarlyStoppingState = {
    bestEpoch: 0,
    bestScore: -Infinity,
    bestLoss: Infinity,
    lowestLoss: Infinity,
    epochsWithoutProgress: 0,
  };
  return {
    observe(epoch, score, loss) {
      if (score === null || loss === null) {
        state = { ...state, bestEpoch: epoch };
        return true;
      }
      const isBest = score > state.bestScore || (score === state.bestScore && loss < state.bestLoss);
      const isProgress = isBest || loss < state.lowestLoss;
      state = {
        bestEpoch: isBest ? epoch : state.bestEpoch,
        bestScore: isBest ? score : state.bestScore,
        bestLoss: isBest ? loss : state.bestLoss,
        lowestLoss: Math.min(state.lowestLoss, loss),
        epochsWithoutProgress: isProgress ? 0 : state.epochsWithoutProgress + 1,
      };
      return isBest;
    },
    get isExhausted() {
      return patience > 0 && state.epochsWithoutProgress >= patience;
    },
    get state() {
      return state;
    },
    set state(value) {
      state = value;
    },
  };
}

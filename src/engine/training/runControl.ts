/**
 * The handle on a run under way: what a person can do to it between two epochs. The generator looks at it; the worker's
 * service and the headless runner hold it.
 */
export interface RunControl {
  pause(): void;
  resume(): void;
  /** Runs one epoch and pauses again. */
  step(): void;
  stop(): void;
  setLearningRate(learningRate: number): void;
}

/** What `trainRun` reads of the control. */
export interface RunControlState extends RunControl {
  readonly isPaused: boolean;
  readonly isStopping: boolean;
  /** Set until read. */
  takeLearningRate(): number | null;
  /** Resolves when the run may do its next epoch or must stop; consumes one granted step. */
  waitWhilePaused(): Promise<void>;
}

export function createRunControl(): RunControlState {
  let paused = false;
  let stopping = false;
  let steps = 0;
  let learningRate: number | null = null;
  let wake: (() => void) | null = null;
  const changed = (): void => {
    wake?.();
    wake = null;
  };
  return {
    get isPaused() {
      return paused;
    },
    get isStopping() {
      return stopping;
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      changed();
    },
    step() {
      paused = true;
      steps++;
      changed();
    },
    stop() {
      stopping = true;
      changed();
    },
    setLearningRate(value) {
      learningRate = value;
    },
    takeLearningRate() {
      const taken = learningRate;
      learningRate = null;
      return taken;
    },
    async waitWhilePaused() {
      while (paused && !stopping && steps === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (steps > 0) steps--;
    },
  };
}

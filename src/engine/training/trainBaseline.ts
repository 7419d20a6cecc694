/** Trains one baseline of a run to its best epoch, under the same control as the run itself. */
import { resolveValues } from '../../core/parameters.ts';
import type { ModelDescriptor } from '../models/modelTypes.ts';
import type { BaselineResult, RunEvent } from '../runTypes.ts';
import type { PreparedTask } from '../tasks/taskTypes.ts';
import { createEarlyStopping } from './earlyStopping.ts';
import { assertFinite, epochLimit, pauseUntilResumed } from './epochGuards.ts';
import type { RunControlState } from './runControl.ts';

/** Baselines see the same data and seed as the model, with their own default settings. */
const BASELINE_EPOCH_LIMIT = 200;
/** Stage of the status events while baselines train. */
export const BASELINE_STAGE = 'Training baselines';

/** Returns null when the run was stopped on the way: half a baseline would mislead, and the model's own result stands. */
export async function* trainBaseline(
  descriptor: ModelDescriptor,
  prepared: PreparedTask,
  control: RunControlState,
  breathe: () => Promise<void>,
): AsyncGenerator<RunEvent, BaselineResult | null> {
  const values = resolveValues(descriptor.parameters, {});
  const model = prepared.createModel(descriptor, values, breathe);
  try {
    const stopping = createEarlyStopping(typeof values.patience === 'number' ? values.patience : 0);
    const learningRate = typeof values.learningRate === 'number' ? values.learningRate : 0;
    const limit = Math.min(BASELINE_EPOCH_LIMIT, epochLimit(values));
    for (let epoch = 1; epoch <= limit && !stopping.isExhausted; epoch++) {
      if (control.isPaused) yield* pauseUntilResumed(control, BASELINE_STAGE);
      if (control.isStopping) return null;
      const loss = await model.step(epoch, learningRate);
      assertFinite(loss, epoch, learningRate);
      const assessment = prepared.assess(await model.predict(false));
      if (stopping.observe(epoch, assessment.monitored, assessment.valLoss) && assessment.monitored !== null)
        model.keepBest();
      await breathe();
    }
    model.restoreBest();
    const inference = await model.predict(false);
    const { metrics } = prepared.judge((await model.refine?.(inference)) ?? inference);
    return { id: descriptor.id, name: descriptor.name, summary: descriptor.summary, metrics };
  } finally {
    model.dispose();
  }
}

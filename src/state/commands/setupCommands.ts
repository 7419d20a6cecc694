/** Choices about the next run, and the compute backend. Changing task or model brings that one's defaults. */
import type { BackendChoice } from '../../engine/runTypes.ts';
import { serialiseError } from '../../core/errors.ts';
import { splitChoices } from '../../core/taskDefaults.ts';
import type { CommandContext } from '../environment.ts';
import { defaultModel, modelDefaults } from '../setupDefaults.ts';
import { patch } from '../store.ts';
import type { Commands, SetupSlice } from '../types.ts';

const BACKEND_PREFERENCE = 'graphwright.compute';

type SetupCommands = Pick<Commands, 'setSetup' | 'setParameter' | 'setCompute'> & {
  /** Fills the menus and chooses a backend; called once, right after first paint. */
  start(): Promise<void>;
  /** A fresh training worker starts the backend that the last one used. */
  restartBackend(): Promise<void>;
};

export function createSetupCommands({ store, clients, page, report }: CommandContext): SetupCommands {
  async function chooseBackend(remembered: BackendChoice | null): Promise<void> {
    const { requested } = store.getState().compute;
    patch(store, 'compute', { status: 'starting', error: null });
    try {
      const choice = await clients.training.call((training) => training.chooseBackend(requested, remembered));
      patch(store, 'compute', { status: 'ready', choice });
      if (requested === 'auto') page.writePreference(BACKEND_PREFERENCE, JSON.stringify(choice));
    } catch (error) {
      patch(store, 'compute', { status: 'failed', error: serialiseError(error) });
      report(error);
    }
  }

  return {
    async start() {
      try {
        const [engine, io] = await Promise.all([
          clients.training.call((training) => training.catalogue()),
          clients.io.call((service) => service.catalogue()),
        ]);
        patch(store, 'catalogue', { engine, io });
        const { setup } = store.getState();
        if (Object.keys(setup.parameters).length === 0) {
          patch(store, 'setup', { parameters: modelDefaults(engine, setup.model) });
        }
      } catch (error) {
        report(error);
        return;
      }
      await chooseBackend(rememberedChoice(page.readPreference(BACKEND_PREFERENCE)));
    },
    restartBackend: () => chooseBackend(store.getState().compute.choice),
    setSetup(change) {
      const state = store.getState();
      const { engine } = state.catalogue;
      const next: SetupSlice = { ...state.setup, ...change };
      const models = engine?.models.filter((model) => model.tasks.includes(next.task)) ?? [];
      const model = models.some((entry) => entry.id === next.model)
        ? next.model
        : defaultModel(engine, next.task);
      const parameters = model === state.setup.model ? next.parameters : modelDefaults(engine, model);
      const { loaded } = state.data;
      const splits = loaded === null ? [] : splitChoices(loaded.graph, next.nodeType);
      const split =
        change.nodeType === undefined || splits.some((choice) => choice.id === next.split)
          ? next.split
          : (splits[0]?.id ?? 'auto');
      store.setState({ setup: { ...next, model, parameters, split } });
    },
    setParameter(id, value) {
      const { parameters } = store.getState().setup;
      patch(store, 'setup', { parameters: { ...parameters, [id]: value } });
    },
    async setCompute(requested) {
      patch(store, 'compute', { requested });
      await chooseBackend(null);
    },
  };
}

/** A remembered choice that no longer parses is measured again. */
function rememberedChoice(text: string | null): BackendChoice | null {
  if (text === null) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    const isChoice =
      typeof parsed === 'object' && parsed !== null && 'backend' in parsed && 'label' in parsed;
    return isChoice ? (parsed as BackendChoice) : null;
  } catch {
    return null;
  }
}

/** Choices about the next run, and the compute backend. Changing task or model brings that one's defaults. */
import type { BackendChoice } from '../../engine/runTypes.ts';
import { serialiseError } from '../../core/errors.ts';
import type { CommandContext } from '../environment.ts';
import { filledValues, presetValues } from '../runParameters.ts';
import { changedSetup } from '../setupChange.ts';
import { patch } from '../store.ts';
import type { Commands } from '../types.ts';

const BACKEND_PREFERENCE = 'graphwright.compute';

type SetupCommands = Pick<Commands, 'setSetup' | 'applyPreset' | 'setParameter' | 'setCompute'> & {
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
          patch(store, 'setup', { parameters: presetValues(engine, setup, setup.preset) });
        }
      } catch (error) {
        report(error);
        return;
      }
      await chooseBackend(rememberedChoice(page.readPreference(BACKEND_PREFERENCE)));
    },
    restartBackend: () => chooseBackend(store.getState().compute.choice),
    setSetup(change) {
      const { catalogue, data, setup } = store.getState();
      const graph = data.loaded?.graph ?? null;
      store.setState({ setup: changedSetup(setup, change, catalogue.engine, graph) });
    },
    applyPreset(preset) {
      const { catalogue, setup } = store.getState();
      const parameters = filledValues(catalogue.engine, setup, preset);
      patch(store, 'setup', { preset, parameters });
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

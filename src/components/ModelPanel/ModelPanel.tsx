/** How the next run learns: what it reads (split, features, weights) and the model's own settings. */
import { Select } from '@mantine/core';
import type { Graph } from '../../core/graph.ts';
import type { NumberSpec } from '../../core/parameters.ts';
import { ParameterForm } from '../ParameterForm/ParameterForm.tsx';
import { ComputeSelect } from '../Setup/ComputeSelect.tsx';
import { SetupSelects } from '../Setup/SetupSelects.tsx';
import {
  edgeWeightOptions,
  featureOptions,
  featuresOf,
  featureValue,
  NO_EDGE_WEIGHT,
  splitOptions,
} from '../Setup/setupOptions.ts';
import { useCommands, useStore } from '../useStore.ts';
import classes from './ModelPanel.module.css';

const SEED: NumberSpec = {
  kind: 'integer',
  id: 'seed',
  name: 'Seed',
  help: 'Start of every random draw: split, first weights, dropout. The same seed gives the same run.',
  min: 0,
  max: 2_147_483_647,
  step: 1,
  default: 0,
};

/** @param withChoices  also show task, target, model and compute: where the top bar has no room for them */
export function ModelPanel({ withChoices = false }: { readonly withChoices?: boolean }) {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const isActive = useStore(
    (state) => state.run.status.kind === 'running' || state.run.status.kind === 'paused',
  );
  if (graph === null) return null;
  return (
    <div className={classes.panel}>
      {withChoices && (
        <section className={classes.section}>
          <SetupSelects isStacked />
          <ComputeSelect isStacked />
        </section>
      )}
      {isActive && (
        <p className={classes.note}>Changes apply to the next run; the learning rate applies at once.</p>
      )}
      <ModelSummary />
      <ModelSettings />
      <DataSettings graph={graph} />
    </div>
  );
}

function ModelSummary() {
  const model = useStore(
    (state) => state.catalogue.engine?.models.find((entry) => entry.id === state.setup.model) ?? null,
  );
  if (model === null) return null;
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{model.name}</h2>
      <p>{model.summary}</p>
      <p className={classes.muted}>{model.source}</p>
    </section>
  );
}

function ModelSettings() {
  const commands = useCommands();
  const specs = useStore(
    (state) =>
      state.catalogue.engine?.models.find((entry) => entry.id === state.setup.model)?.parameters ?? null,
  );
  const values = useStore((state) => state.setup.parameters);
  const seed = useStore((state) => state.setup.seed);
  const isActive = useStore(
    (state) => state.run.status.kind === 'running' || state.run.status.kind === 'paused',
  );
  return (
    <section className={classes.section} aria-label="Model settings">
      <ParameterForm
        specs={[...(specs ?? []), SEED]}
        values={{ ...values, [SEED.id]: seed }}
        onChange={(id, value) => {
          if (id === SEED.id) {
            commands.setSetup({ seed: Number(value) });
            return;
          }
          commands.setParameter(id, value);
          // The one setting a running model takes: see Commands.setLearningRate.
          if (isActive && id === 'learningRate') void commands.setLearningRate(Number(value));
        }}
      />
    </section>
  );
}

function DataSettings({ graph }: { readonly graph: Graph }) {
  const commands = useCommands();
  const setup = useStore((state) => state.setup);
  const weights = edgeWeightOptions(graph);
  return (
    <section className={classes.section} aria-label="Data settings">
      {graph.nodeTypes.length > 1 && (
        <Select
          label="Node type"
          data={graph.nodeTypes.map((type) => ({ value: type.name, label: type.name }))}
          value={setup.nodeType ?? graph.nodeTypes[0]?.name ?? null}
          onChange={(value) => commands.setSetup({ nodeType: value })}
        />
      )}
      <Select
        label="Split"
        description="Which nodes are learned from, tuned on and judged on"
        data={splitOptions(graph, setup)}
        value={setup.split}
        onChange={(value) => value !== null && commands.setSetup({ split: value })}
      />
      <Select
        label="Features"
        description="Columns the model may read"
        data={featureOptions(graph, setup)}
        value={featureValue(setup.features)}
        onChange={(value) =>
          value !== null && commands.setSetup({ features: featuresOf(value, setup.features) })
        }
      />
      <Select
        label="Edge weight"
        data={weights}
        value={setup.edgeWeight ?? NO_EDGE_WEIGHT}
        disabled={weights.length === 1}
        onChange={(value) => commands.setSetup({ edgeWeight: value === NO_EDGE_WEIGHT ? null : value })}
      />
    </section>
  );
}

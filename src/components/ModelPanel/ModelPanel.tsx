/** How the next run learns: the model with its settings and recipe, what it reads, and what the run would need. */
import { Select } from '@mantine/core';
import type { Graph } from '../../core/graph.ts';
import type { ParameterSpec } from '../../core/parameters.ts';
import { editedParameters, runParameters } from '../../state/runParameters.ts';
import type { WorkbenchState } from '../../state/types.ts';
import { Disclosure } from '../ParameterForm/Disclosure.tsx';
import { ParameterForm } from '../ParameterForm/ParameterForm.tsx';
import { ComputeSelect } from '../Setup/ComputeSelect.tsx';
import { EstimateLine } from '../Setup/EstimateLine.tsx';
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
import { useVisibleGraph } from '../useVisibleGraph.ts';
import classes from './ModelPanel.module.css';
import { ModelSettings } from './ModelSettings.tsx';
import { changedNote } from './changedNote.ts';

/** @param withChoices  also show task, target, model and compute: where the top bar has no room for them */
export function ModelPanel({ withChoices = false }: { readonly withChoices?: boolean }) {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const isActive = useStore(isTraining);
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
      <ModelSettings isActive={isActive} />
      <DataSettings graph={graph} />
      <div className={classes.footer}>
        <EstimateLine />
      </div>
    </div>
  );
}

const isTraining = ({ run }: WorkbenchState): boolean =>
  run.status.kind === 'running' || run.status.kind === 'paused';

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

function DataSettings({ graph }: { readonly graph: Graph }) {
  const commands = useCommands();
  const setup = useStore((state) => state.setup);
  const engine = useStore((state) => state.catalogue.engine);
  const visible = useVisibleGraph() ?? graph;
  const weights = edgeWeightOptions(visible);
  const { features } = runParameters(engine, setup);
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
        data={featureOptions(visible, setup)}
        value={featureValue(setup.features)}
        onChange={(value) =>
          value !== null && commands.setSetup({ features: featuresOf(value, setup.features) })
        }
      />
      {features.length > 0 && <FeatureOptions specs={features} edited={editedParameters(engine, setup)} />}
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

interface FeatureOptionsProps {
  readonly specs: readonly ParameterSpec[];
  readonly edited: readonly string[];
}

function FeatureOptions({ specs, edited }: FeatureOptionsProps) {
  const commands = useCommands();
  const values = useStore((state) => state.setup.parameters);
  return (
    <Disclosure title="Feature options" note={changedNote(specs, edited)}>
      <ParameterForm specs={specs} values={values} onChange={commands.setParameter} />
    </Disclosure>
  );
}

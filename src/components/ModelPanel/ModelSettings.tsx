/** The model's own settings and the task's: the recipe they come from, the few that matter, the rest on request. */
import { Select } from '@mantine/core';
import type { NumberSpec, ParameterSpec, ParameterValue } from '../../core/parameters.ts';
import { editedParameters, runParameters } from '../../state/runParameters.ts';
import { Disclosure } from '../ParameterForm/Disclosure.tsx';
import { ParameterForm } from '../ParameterForm/ParameterForm.tsx';
import { presetOptions } from '../Setup/setupOptions.ts';
import { DescribedOption } from '../Setup/SetupSelects.tsx';
import { useCommands, useStore } from '../useStore.ts';
import classes from './ModelPanel.module.css';
import { changedNote } from './changedNote.ts';

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

const isAdvanced = (spec: ParameterSpec): boolean => spec.isAdvanced === true;

export function ModelSettings({ isActive }: { readonly isActive: boolean }) {
  const commands = useCommands();
  const engine = useStore((state) => state.catalogue.engine);
  const setup = useStore((state) => state.setup);
  const { model, task } = runParameters(engine, setup);
  const basic = [...model, ...task].filter((spec) => !isAdvanced(spec));
  const advanced = [...model, ...task].filter(isAdvanced);
  const edited = editedParameters(engine, setup);
  const values = { ...setup.parameters, [SEED.id]: setup.seed };
  const change = (id: string, value: ParameterValue): void => {
    if (id === SEED.id) {
      commands.setSetup({ seed: Number(value) });
      return;
    }
    commands.setParameter(id, value);
    // The one setting a running model takes: see Commands.setLearningRate.
    if (isActive && id === 'learningRate') void commands.setLearningRate(Number(value));
  };
  return (
    <section className={classes.section} aria-label="Model settings">
      <PresetSelect isEdited={model.some((spec) => edited.includes(spec.id))} />
      <ParameterForm specs={[...basic, SEED]} values={values} onChange={change} />
      {advanced.length > 0 && (
        <Disclosure title="Advanced" note={changedNote(advanced, edited)}>
          <ParameterForm specs={advanced} values={values} onChange={change} />
        </Disclosure>
      )}
    </section>
  );
}

/** The recipe that filled the form. Choosing it again takes changes back; models without recipes show it once edited. */
function PresetSelect({ isEdited }: { readonly isEdited: boolean }) {
  const commands = useCommands();
  const engine = useStore((state) => state.catalogue.engine);
  const setup = useStore((state) => state.setup);
  const model = engine?.models.find((entry) => entry.id === setup.model);
  if (model === undefined || model.parameters.length === 0) return null;
  const options = presetOptions(model);
  const chosen = options.find((option) => option.value === setup.preset);
  const summaryOf = new Map(options.map((option) => [option.value, option.summary]));
  return (
    <Select
      label="Preset"
      description={isEdited ? 'Edited. Choose it again to go back.' : (chosen?.summary ?? '')}
      data={options.map(({ value, label }) => ({ value, label }))}
      value={setup.preset}
      comboboxProps={{ width: 'target' }}
      renderOption={({ option, checked = false }) => (
        <DescribedOption
          option={{ ...option, summary: summaryOf.get(option.value) ?? '' }}
          isChosen={checked}
        />
      )}
      {...(isEdited
        ? { rightSection: <span className={classes.edited}>edited</span>, rightSectionWidth: 60 }
        : {})}
      onOptionSubmit={(preset) => commands.applyPreset(preset)}
    />
  );
}

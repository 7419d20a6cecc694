/** The three choices that say what a run will do: task, target, model. In the top bar, or in the sheet on small screens. */
import { Select } from '@mantine/core';
import { predictsNumbers } from '../../state/targets.ts';
import { useIsTight } from '../useIsNarrow.ts';
import { useCommands, useStore } from '../useStore.ts';
import classes from './Setup.module.css';
import { modelGroups, type ModelOption, targetOptions, taskOptions } from './setupOptions.ts';

export function SetupSelects({ isStacked = false }: { readonly isStacked?: boolean }) {
  return (
    <div className={isStacked ? classes.stacked : classes.inline}>
      <TaskSelect isStacked={isStacked} />
      <TargetSelect isStacked={isStacked} />
      <ModelSelect isStacked={isStacked} />
    </div>
  );
}

interface PartProps {
  readonly isStacked: boolean;
}

/** Stacked fields carry a visible label; inline ones a prefix inside the field where there is room. One name for all. */
function useNaming(name: string, isStacked: boolean) {
  const isTight = useIsTight();
  if (isTight && !isStacked) return { 'aria-label': name, title: name };
  return isStacked
    ? { label: name }
    : {
        'aria-label': name,
        leftSection: <span className={classes.prefix}>{name}</span>,
        // Inter at 12 px takes about 6.6 px a letter; 8 px either side.
        leftSectionWidth: Math.ceil(16 + name.length * 6.6),
        leftSectionPointerEvents: 'none' as const,
      };
}

function TaskSelect({ isStacked }: PartProps) {
  const naming = useNaming('Task', isStacked);
  const commands = useCommands();
  const catalogue = useStore((state) => state.catalogue.engine);
  const task = useStore((state) => state.setup.task);
  const isLoaded = useStore((state) => state.data.loaded !== null);
  const summary = catalogue?.tasks.find((entry) => entry.id === task)?.summary;
  return (
    <Select
      {...naming}
      {...(isStacked && summary !== undefined ? { description: summary } : {})}
      className={classes.task ?? ''}
      data={taskOptions(catalogue)}
      value={catalogue === null ? null : task}
      disabled={catalogue === null || !isLoaded}
      placeholder={catalogue === null ? 'Starting' : ''}
      onChange={(value) => value !== null && commands.setSetup({ task: value })}
    />
  );
}

function TargetSelect({ isStacked }: PartProps) {
  const naming = useNaming('Target', isStacked);
  const commands = useCommands();
  const setup = useStore((state) => state.setup);
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const needsTarget = useStore(
    (state) =>
      state.catalogue.engine?.tasks.find((task) => task.id === state.setup.task)?.needsTarget ?? true,
  );
  const options = graph === null ? [] : targetOptions(graph, setup);
  const placeholder = predictsNumbers(setup.task) ? 'No column of numbers' : 'No label column';
  return (
    <Select
      {...naming}
      className={classes.target ?? ''}
      data={options}
      value={needsTarget ? setup.target : null}
      disabled={!needsTarget || options.length === 0}
      placeholder={needsTarget ? placeholder : 'Not needed'}
      onChange={(value) => value !== null && commands.setSetup({ target: value })}
    />
  );
}

function ModelSelect({ isStacked }: PartProps) {
  const naming = useNaming('Model', isStacked);
  const commands = useCommands();
  const catalogue = useStore((state) => state.catalogue.engine);
  const setup = useStore((state) => state.setup);
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const groups = modelGroups(catalogue, graph, setup);
  const summaryOf = new Map(groups.flatMap(({ items }) => items).map((item) => [item.value, item.summary]));
  return (
    <Select
      {...naming}
      className={classes.model ?? ''}
      data={groups}
      value={catalogue === null ? null : setup.model}
      disabled={catalogue === null || graph === null}
      placeholder={catalogue === null ? 'Starting' : ''}
      maxDropdownHeight="min(440px, 45dvh)"
      comboboxProps={{ width: 'min(360px, 94vw)', position: 'bottom-start' }}
      renderOption={({ option, checked = false }) => (
        <DescribedOption
          option={{ ...option, summary: summaryOf.get(option.value) ?? '' }}
          isChosen={checked}
        />
      )}
      onChange={(value) => value !== null && commands.setSetup({ model: value })}
    />
  );
}

interface DescribedOptionProps {
  readonly option: ModelOption;
  readonly isChosen: boolean;
}

/** Name and summary. The summary is no part of the option's name; the panel says it again for the chosen one. */
export function DescribedOption({ option, isChosen }: DescribedOptionProps) {
  return (
    <div className={classes.option} data-chosen={isChosen || undefined}>
      <span className={classes.optionName}>{option.label}</span>
      <span className={classes.optionSummary} aria-hidden>
        {option.summary}
      </span>
    </div>
  );
}

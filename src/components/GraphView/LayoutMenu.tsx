/** Which layout places the nodes, what it can be told, and the button that runs it or freezes it. */
import { ActionIcon, Button, Popover, Select, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconPlayerStop, IconTopologyStar3 } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Graph } from '../../core/graph.ts';
import type { LayoutSummary } from '../../layouts/layoutTypes.ts';
import { hasEmbedding, layoutRefusal, layoutSpecs, layoutValues } from '../../state/layoutChoice.ts';
import { ParameterForm } from '../ParameterForm/ParameterForm.tsx';
import { DescribedOption } from '../Setup/SetupSelects.tsx';
import { useCommands, useStore } from '../useStore.ts';
import { useVisibleGraph } from '../useVisibleGraph.ts';
import classes from './LayoutMenu.module.css';

export function LayoutMenu({ graph }: { readonly graph: Graph }) {
  const visible = useVisibleGraph() ?? graph;
  const layouts = useStore((state) => state.catalogue.layouts);
  const layoutId = useStore((state) => state.view.layoutId);
  const chosen = layouts?.find(({ id }) => id === layoutId) ?? null;
  return (
    <div className={classes.menu} role="group" aria-label="Arrangement">
      <LayoutSelect graph={visible} layouts={layouts ?? []} chosen={chosen} />
      {chosen !== null && chosen.parameters.length > 0 && <LayoutSettings graph={visible} layout={chosen} />}
      <RunButton />
    </div>
  );
}

interface LayoutSelectProps {
  readonly graph: Graph;
  readonly layouts: readonly LayoutSummary[];
  readonly chosen: LayoutSummary | null;
}

function LayoutSelect({ graph, layouts, chosen }: LayoutSelectProps) {
  const commands = useCommands();
  const hasCoordinates = useStore(({ run }) => hasEmbedding(graph, run));
  const notes = useMemo(
    () =>
      new Map(layouts.map((layout) => [layout.id, layoutRefusal(layout, graph, hasCoordinates)] as const)),
    [layouts, graph, hasCoordinates],
  );
  const summaryOf = new Map(layouts.map(({ id, summary }) => [id, summary]));
  return (
    <Select
      className={classes.select ?? ''}
      aria-label="Layout"
      allowDeselect={false}
      data={layouts.map(({ id, name }) => ({ value: id, label: name, disabled: notes.get(id) !== null }))}
      value={chosen?.id ?? null}
      placeholder={layouts.length === 0 ? 'Starting' : ''}
      leftSection={<span className={classes.prefix}>Layout</span>}
      leftSectionWidth={52}
      leftSectionPointerEvents="none"
      classNames={{ option: classes.option ?? '' }}
      comboboxProps={{ width: 300, position: 'bottom-end' }}
      maxDropdownHeight={460}
      renderOption={({ option, checked = false }) => (
        <DescribedOption
          option={{
            value: option.value,
            label: [option.label, notes.get(option.value) ?? []].flat().join(' · '),
            summary: summaryOf.get(option.value) ?? '',
          }}
          isChosen={checked}
        />
      )}
      // Also for the one that is chosen already: it runs again.
      onOptionSubmit={(id) => void commands.setLayout(id)}
    />
  );
}

function LayoutSettings({ graph, layout }: { readonly graph: Graph; readonly layout: LayoutSummary }) {
  const commands = useCommands();
  const set = useStore((state) => state.view.layoutValues[layout.id]);
  const specs = useMemo(() => layoutSpecs(layout, graph), [layout, graph]);
  return (
    <Popover position="bottom-end" trapFocus width={320}>
      <Popover.Target>
        <ActionIcon aria-label="Layout settings" title="Layout settings">
          <IconAdjustmentsHorizontal size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Layout settings" className={classes.settings ?? ''}>
        <h2>{layout.name}</h2>
        <p>{layout.summary}</p>
        <ParameterForm
          specs={specs}
          values={layoutValues(specs, set)}
          onChange={(id, value) => void commands.setLayoutParameter(id, value)}
        />
        {!layout.isStatic && <p>Pinned nodes stay in place: P pins the node you are at, or the selection.</p>}
      </Popover.Dropdown>
    </Popover>
  );
}

function RunButton() {
  const commands = useCommands();
  const isRunning = useStore((state) => state.view.layout.status === 'running');
  const percent = useStore((state) => Math.floor(100 * (state.view.layout.progress ?? 0)));
  return isRunning ? (
    <Button
      size="compact-xs"
      variant="light"
      aria-label="Freeze layout"
      leftSection={<IconPlayerStop size={14} aria-hidden />}
      className={classes.stop ?? ''}
      onClick={() => void commands.stopLayout()}
    >
      Freeze layout <span className={classes.percent}>{percent} %</span>
    </Button>
  ) : (
    <Tooltip label="Arrange the nodes again">
      <ActionIcon aria-label="Run layout" onClick={() => void commands.runLayout()}>
        <IconTopologyStar3 size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

/** The strip above the graph: search, what colour and size mean, zoom, layout. */
import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { type RefObject, useMemo } from 'react';
import type { Graph } from '../../core/graph.ts';
import { predictsNumbers } from '../../state/targets.ts';
import type { ColourBy, SizeBy } from '../../state/types.ts';
import { colourableColumns } from '../palette/columnValues.ts';
import { descriptionFor } from '../palette/predictions.ts';
import { useCommands, useStore } from '../useStore.ts';
import { useVisibleGraph } from '../useVisibleGraph.ts';
import classes from './GraphView.module.css';
import { LayoutMenu } from './LayoutMenu.tsx';
import { SearchBox } from './SearchBox.tsx';
import type { ViewportControl } from './useViewport.ts';

const READINGS: readonly { readonly value: ColourBy; readonly label: string }[] = [
  { value: 'label', label: 'Label' },
  { value: 'prediction', label: 'Prediction' },
  { value: 'correct', label: 'Right or wrong' },
  { value: 'split', label: 'Split' },
  { value: 'none', label: 'One colour' },
];

/** What two readings are called where the target, or what the run predicted, is a number. */
const readingsFor = (isTargetNumber: boolean, isRunNumber: boolean) =>
  READINGS.map(({ value, label }) => ({
    value,
    label:
      value === 'label' && isTargetNumber
        ? 'True value'
        : value === 'correct' && isRunNumber
          ? 'Error'
          : label,
  }));

interface GraphToolbarProps {
  readonly graph: Graph;
  readonly searchInput: RefObject<HTMLInputElement | null>;
  readonly viewport: ViewportControl;
  readonly onPick: (node: number) => void;
  readonly onLeaveSearch: () => void;
}

export function GraphToolbar({ graph, searchInput, viewport, onPick, onLeaveSearch }: GraphToolbarProps) {
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Graph view">
      <SearchBox graph={graph} input={searchInput} onPick={onPick} onLeave={onLeaveSearch} />
      <ColourSelect graph={graph} />
      <SizeSelect />
      <LayoutMenu graph={graph} />
      <div className={classes.buttons}>
        <Tooltip label="Zoom out (−)">
          <ActionIcon aria-label="Zoom out" onClick={() => viewport.zoomBy(1 / 1.4)}>
            <IconMinus size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Zoom in (+)">
          <ActionIcon aria-label="Zoom in" onClick={() => viewport.zoomBy(1.4)}>
            <IconPlus size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Fit the graph (F)">
          <ActionIcon aria-label="Fit graph" onClick={viewport.fit}>
            <IconFocusCentered size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

function ColourSelect({ graph }: { readonly graph: Graph }) {
  const commands = useCommands();
  const colourBy = useStore((state) => state.view.colourBy);
  const isTargetNumber = useStore((state) => predictsNumbers(state.setup.task));
  const runKind = useStore(({ run }) => descriptionFor(graph, run)?.outputKind ?? null);
  const isRunNumber = runKind === null ? isTargetNumber : runKind === 'value';
  const visible = useVisibleGraph() ?? graph;
  const data = useMemo(() => {
    const columns = colourableColumns(visible).map((name) => ({ value: `column:${name}`, label: name }));
    const reading = { group: 'Learning', items: readingsFor(isTargetNumber, isRunNumber) };
    return columns.length === 0 ? [reading] : [reading, { group: 'Columns', items: columns }];
  }, [visible, isTargetNumber, isRunNumber]);
  return (
    <Select
      className={classes.select}
      size="xs"
      aria-label="Colour by"
      allowDeselect={false}
      data={data}
      value={colourBy}
      leftSection={<span className={classes.prefix}>Colour</span>}
      leftSectionWidth={54}
      leftSectionPointerEvents="none"
      onChange={(value) => value !== null && commands.setColourBy(value as ColourBy)}
    />
  );
}

function SizeSelect() {
  const commands = useCommands();
  const sizeBy = useStore((state) => state.view.sizeBy);
  return (
    <Select
      className={classes.sizeSelect}
      size="xs"
      aria-label="Size by"
      allowDeselect={false}
      data={[
        { value: 'degree', label: 'Degree' },
        { value: 'same', label: 'Same' },
      ]}
      value={sizeBy}
      leftSection={<span className={classes.prefix}>Size</span>}
      leftSectionWidth={40}
      leftSectionPointerEvents="none"
      onChange={(value) => value !== null && commands.setSizeBy(value as SizeBy)}
    />
  );
}

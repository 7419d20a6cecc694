/** What nodes can be coloured by: readings of the learning, then columns; shared by the toolbar and the style panel. */
import { useMemo } from 'react';
import type { Graph } from '../../core/graph.ts';
import { predictsNumbers } from '../../state/targets.ts';
import type { ColourBy } from '../../state/types.ts';
import { colourableColumns } from '../palette/columnValues.ts';
import { descriptionFor } from '../palette/predictions.ts';
import { useStore } from '../useStore.ts';
import { useVisibleGraph } from '../useVisibleGraph.ts';

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

const READINGS: readonly Choice<ColourBy>[] = [
  { value: 'label', label: 'Label' },
  { value: 'prediction', label: 'Prediction' },
  { value: 'confidence', label: 'Confidence' },
  { value: 'correct', label: 'Right or wrong' },
  { value: 'split', label: 'Split' },
  { value: 'type', label: 'Node type' },
  { value: 'none', label: 'One colour' },
];

/** What two readings are called where the target, or what the run predicted, is a number. */
function readingsFor(isTargetNumber: boolean, isRunNumber: boolean, numTypes: number): Choice<ColourBy>[] {
  const isOffered = ({ value }: Choice<ColourBy>): boolean =>
    (value !== 'confidence' || !isRunNumber) && (value !== 'type' || numTypes > 1);
  return READINGS.filter(isOffered).map(({ value, label }) => ({
    value,
    label:
      value === 'label' && isTargetNumber
        ? 'True value'
        : value === 'correct' && isRunNumber
          ? 'Error'
          : label,
  }));
}

export const columnChoices = (names: readonly string[]): Choice<`column:${string}`>[] =>
  names.map((name) => ({ value: `column:${name}`, label: name }));

export interface ChoiceGroup {
  readonly group: string;
  readonly items: Choice[];
}

export function useColourChoices(graph: Graph): ChoiceGroup[] {
  const isTargetNumber = useStore((state) => predictsNumbers(state.setup.task));
  const runKind = useStore(({ run }) => descriptionFor(graph, run)?.outputKind ?? null);
  const isRunNumber = runKind === null ? isTargetNumber : runKind === 'value';
  const visible = useVisibleGraph() ?? graph;
  return useMemo(() => {
    const items = readingsFor(isTargetNumber, isRunNumber, visible.nodeTypes.length);
    const reading = { group: 'Learning', items };
    const columns = columnChoices(colourableColumns(visible));
    return columns.length === 0 ? [reading] : [reading, { group: 'Columns', items: columns }];
  }, [visible, isTargetNumber, isRunNumber]);
}

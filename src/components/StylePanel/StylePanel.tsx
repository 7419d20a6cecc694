/** Style by data: what colour, size, shape and names of nodes and colour and width of edges are read from. */
import { Button, CloseButton, NumberInput, RangeSlider, Slider, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Graph } from '../../core/graph.ts';
import type { ColourBy } from '../../state/types.ts';
import { columnOf, DEFAULT_STYLE, MAX_NAMES, SIZE_LIMITS, type ViewStyle } from '../../state/viewStyle.ts';
import {
  colourableEdgeColumns,
  columnValues,
  type ColumnValues,
  edgeValues,
  measuredColumns,
  measuredEdgeColumns,
  shapeableColumns,
} from '../palette/columnValues.ts';
import { labelValues } from '../palette/nodeMarks.ts';
import { descriptionFor } from '../palette/predictions.ts';
import { CLASS_SHAPES } from '../palette/shapes.ts';
import { allowsLog, isHeavyTailed, naturalMidpoint } from '../palette/valueScale.ts';
import { useCommands, useStore } from '../useStore.ts';
import { useVisibleGraph } from '../useVisibleGraph.ts';
import { columnChoices, useColourChoices } from './colourChoices.ts';
import { Setting } from './Setting.tsx';
import { StylePresets } from './StylePresets.tsx';
import classes from './StylePanel.module.css';
import { StyleSelect } from './StyleSelect.tsx';

interface PartProps {
  readonly graph: Graph;
  readonly style: ViewStyle;
}

interface StylePanelProps {
  readonly graph: Graph;
  readonly onClose: () => void;
}

export function StylePanel({ graph, onClose }: StylePanelProps) {
  const commands = useCommands();
  const style = useStore((state) => state.view.style);
  const visible = useVisibleGraph() ?? graph;
  const hasEdges = graph.source.length > 0;
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <Text component="h2" className={classes.title ?? ''}>
          Style
        </Text>
        <Button variant="subtle" color="gray" onClick={() => commands.resetStyle()}>
          Reset all
        </Button>
        <CloseButton aria-label="Close style" onClick={onClose} />
      </div>
      <section className={classes.part} aria-label="Nodes">
        <ColourSettings graph={visible} style={style} />
        <SizeSettings graph={visible} style={style} />
        <StyleSelect
          label="Node shape"
          value={style.shapeBy}
          standard={DEFAULT_STYLE.shapeBy}
          choices={shapeChoices(visible)}
          onChange={(shapeBy) => commands.setStyle({ shapeBy })}
        />
      </section>
      <section className={classes.part} aria-label="Names">
        <NameSettings graph={visible} style={style} />
      </section>
      {hasEdges && (
        <section className={classes.part} aria-label="Edges">
          <EdgeSettings graph={visible} style={style} />
        </section>
      )}
      <section className={classes.part} aria-label="Kept styles">
        <StylePresets />
      </section>
    </div>
  );
}

function shapeChoices(graph: Graph) {
  const hasTypes = graph.nodeTypes.length > 1 && graph.nodeTypes.length <= CLASS_SHAPES.length;
  return [
    { value: 'none', label: 'By what the colour says' },
    ...(hasTypes ? [{ value: 'type', label: 'Node type' }] : []),
    ...columnChoices(shapeableColumns(graph, CLASS_SHAPES.length)),
  ];
}

const RAMP_CHOICES = [
  { value: 'viridis', label: 'Viridis (low to high)' },
  { value: 'cividis', label: 'Cividis (low to high)' },
  { value: 'diverging', label: 'Blue–orange (around a midpoint)' },
];

/** The values on the ramp, as far as they are known beforehand. */
function useRampValues(graph: Graph, colourBy: ColourBy): ColumnValues | 'result' | null {
  const setup = useStore((state) => state.setup);
  const kind = useStore(({ run }) => descriptionFor(graph, run)?.outputKind ?? null);
  if (colourBy === 'label') return labelValues(graph, setup);
  if (colourBy === 'confidence') return 'result';
  if (colourBy === 'prediction') return kind === 'value' ? 'result' : null;
  const name = columnOf(colourBy);
  return name === null ? null : columnValues(graph, name);
}

/** One ramp for nodes and edges: shown beside whichever needs it. */
function RampSetting({ style }: { readonly style: ViewStyle }) {
  const commands = useCommands();
  return (
    <StyleSelect
      label="Palette"
      value={style.ramp}
      standard={DEFAULT_STYLE.ramp}
      choices={RAMP_CHOICES}
      onChange={(ramp) => commands.setStyle({ ramp })}
    />
  );
}

function useHasNodeRamp(graph: Graph): boolean {
  const values = useRampValues(
    graph,
    useStore((state) => state.view.colourBy),
  );
  return values === 'result' || values?.kind === 'numeric';
}

function ColourSettings({ graph, style }: PartProps) {
  const commands = useCommands();
  const colourBy = useStore((state) => state.view.colourBy);
  const hasTarget = useStore((state) => state.setup.target !== null);
  const choices = useColourChoices(graph);
  const values = useRampValues(graph, colourBy);
  const onNodes = useHasNodeRamp(graph);
  return (
    <>
      <StyleSelect
        label="Node colour"
        value={colourBy}
        standard={hasTarget ? 'label' : 'none'}
        choices={choices}
        onChange={commands.setColourBy}
      />
      {onNodes && <RampSetting style={style} />}
      {style.ramp === 'diverging' ? (
        onNodes && colourBy !== 'confidence' && <MidpointSetting style={style} values={values} />
      ) : (
        <ScaleSetting style={style} values={columnOf(colourBy) === null ? null : values} />
      )}
    </>
  );
}

function MidpointSetting({
  style,
  values,
}: {
  readonly style: ViewStyle;
  readonly values: ColumnValues | 'result' | null;
}) {
  const commands = useCommands();
  const isKnown = values !== 'result' && values?.kind === 'numeric';
  const standard = isKnown ? String(Number(naturalMidpoint(values).toPrecision(4))) : 'halfway';
  return (
    <Setting
      name="Midpoint"
      isChanged={style.midpoint !== null}
      onReset={() => commands.setStyle({ midpoint: null })}
    >
      <NumberInput
        label="Midpoint"
        size="xs"
        hideControls
        placeholder={standard}
        value={style.midpoint ?? ''}
        onChange={(value) =>
          commands.setStyle({ midpoint: typeof value === 'number' && Number.isFinite(value) ? value : null })
        }
      />
    </Setting>
  );
}

function ScaleSetting({
  style,
  values,
}: {
  readonly style: ViewStyle;
  readonly values: ColumnValues | 'result' | null;
}) {
  const commands = useCommands();
  if (values === null || values === 'result' || values.kind !== 'numeric' || !allowsLog(values)) return null;
  const found = isHeavyTailed(values) ? 'log: a few values are far above the rest' : 'linear';
  return (
    <StyleSelect
      label="Scale"
      value={style.scale}
      standard={DEFAULT_STYLE.scale}
      choices={[
        { value: 'auto', label: `Automatic (${found})` },
        { value: 'linear', label: 'Linear' },
        { value: 'log', label: values.min > 0 ? 'Logarithmic' : 'Logarithm of 1 + value' },
      ]}
      onChange={(scale) => commands.setStyle({ scale })}
    />
  );
}

export function sizeChoices(graph: Graph) {
  return [
    { value: 'degree', label: 'Degree' },
    ...columnChoices(measuredColumns(graph)),
    { value: 'same', label: 'Same' },
  ];
}

function SizeSettings({ graph, style }: PartProps) {
  const commands = useCommands();
  const sizeBy = useStore((state) => state.view.sizeBy);
  const choices = useMemo(() => sizeChoices(graph), [graph]);
  const { sizeRange } = style;
  const isStandard = String(sizeRange) === String(DEFAULT_STYLE.sizeRange);
  return (
    <>
      <StyleSelect
        label="Node size"
        value={sizeBy}
        standard="degree"
        choices={choices}
        onChange={commands.setSizeBy}
      />
      {sizeBy !== 'same' && (
        <Setting
          name="Size range"
          isChanged={!isStandard}
          onReset={() => commands.setStyle({ sizeRange: DEFAULT_STYLE.sizeRange })}
        >
          <p className={classes.label}>Smallest to largest</p>
          <RangeSlider
            size="sm"
            min={SIZE_LIMITS.min}
            max={SIZE_LIMITS.max}
            step={0.25}
            minRange={0}
            label={(value) => `${value}×`}
            thumbFromLabel="Smallest node"
            thumbToLabel="Largest node"
            value={[...sizeRange]}
            onChange={(next) => commands.setStyle({ sizeRange: next })}
          />
        </Setting>
      )}
    </>
  );
}

function namingColumns(graph: Graph): string[] {
  const isShort = (kind: string): boolean => !['vector', 'sparse'].includes(kind);
  const names = graph.nodeTypes.flatMap(({ columns }) =>
    columns.filter((column) => isShort(column.kind)).map((column) => column.name),
  );
  return [...new Set(names)];
}

function NameSettings({ graph, style }: PartProps) {
  const commands = useCommands();
  return (
    <>
      <StyleSelect
        label="Names from"
        value={style.nameBy}
        standard={DEFAULT_STYLE.nameBy}
        choices={[
          { value: 'auto', label: 'Automatic' },
          { value: 'id', label: 'Id' },
          ...columnChoices(namingColumns(graph)),
        ]}
        onChange={(nameBy) => commands.setStyle({ nameBy })}
      />
      <Setting
        name="Names shown"
        isChanged={style.nameBudget !== DEFAULT_STYLE.nameBudget}
        onReset={() => commands.setStyle({ nameBudget: DEFAULT_STYLE.nameBudget })}
      >
        <p className={classes.label}>Names shown: at most {style.nameBudget}, where there is room</p>
        <Slider
          size="sm"
          min={0}
          max={MAX_NAMES}
          step={5}
          thumbLabel="Names shown"
          value={style.nameBudget}
          onChange={(nameBudget) => commands.setStyle({ nameBudget })}
        />
      </Setting>
      <StyleSelect
        label="Named first"
        value={style.nameOrder}
        standard={DEFAULT_STYLE.nameOrder}
        choices={[
          { value: 'degree', label: 'Most neighbours' },
          { value: 'size', label: 'Largest on screen' },
        ]}
        onChange={(nameOrder) => commands.setStyle({ nameOrder })}
      />
    </>
  );
}

function EdgeSettings({ graph, style }: PartProps) {
  const commands = useCommands();
  const hasNodeRamp = useHasNodeRamp(graph);
  const values = edgeValues(graph, columnOf(style.edgeColourBy) ?? '');
  const widths = columnChoices(measuredEdgeColumns(graph));
  return (
    <>
      <StyleSelect
        label="Edge colour"
        value={style.edgeColourBy}
        standard={DEFAULT_STYLE.edgeColourBy}
        choices={[
          { value: 'none', label: 'One colour' },
          ...(graph.edgeTypes.length > 1 ? [{ value: 'relation', label: 'Relation' }] : []),
          ...columnChoices(colourableEdgeColumns(graph)),
        ]}
        onChange={(edgeColourBy) => commands.setStyle({ edgeColourBy })}
      />
      {values?.kind === 'numeric' && !hasNodeRamp && <RampSetting style={style} />}
      {widths.length > 0 && (
        <StyleSelect
          label="Edge width"
          value={style.edgeWidthBy}
          standard={DEFAULT_STYLE.edgeWidthBy}
          choices={[{ value: 'same', label: 'Same' }, ...widths]}
          onChange={(edgeWidthBy) => commands.setStyle({ edgeWidthBy })}
        />
      )}
    </>
  );
}

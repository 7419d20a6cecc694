/** The strip above the embedding: how it is projected, what is projected, settings, and the projection under way. */
import { ActionIcon, Button, Popover, Progress, Select, Tooltip } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { chosenSource, projectionSources } from '../../state/projectionSources.ts';
import { LIVE_PCA } from '../../state/projectionTypes.ts';
import type { ProjectionMethod } from '../../workers/projectionProtocol.ts';
import { ParameterForm } from '../ParameterForm/ParameterForm.tsx';
import { useCommands, useStore } from '../useStore.ts';
import { useVisibleGraph } from '../useVisibleGraph.ts';
import classes from './EmbeddingView.module.css';

export function ProjectionBar() {
  const commands = useCommands();
  const methods = useStore((state) => state.projection.methods);
  const shown = useStore((state) => state.projection.method);
  const method = methods.find(({ id }) => id === shown) ?? null;
  useEffect(() => void commands.loadProjections(), [commands]);
  return (
    <div className={classes.bar} role="toolbar" aria-label="Projection">
      <Tooltip
        label={method?.summary ?? 'The hidden layer on its two principal axes, live while a model trains.'}
      >
        <Select
          className={classes.method ?? ''}
          size="xs"
          aria-label="Projection method"
          allowDeselect={false}
          data={[
            { value: LIVE_PCA, label: 'PCA, live' },
            ...methods.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={shown}
          onChange={(value) => value !== null && commands.setProjectionMethod(value)}
        />
      </Tooltip>
      {method !== null && <SourceSelect />}
      {method !== null && <Settings method={method} />}
      <Controls method={method} />
    </div>
  );
}

function useSources() {
  const graph = useVisibleGraph();
  const result = useStore((state) => state.run.result);
  const description = useStore((state) => state.run.description);
  return useMemo(
    () => (graph === null ? [] : projectionSources(graph, { result, description })),
    [graph, result, description],
  );
}

function SourceSelect() {
  const commands = useCommands();
  const sources = useSources();
  const sourceId = useStore((state) => state.projection.sourceId);
  return (
    <Select
      className={classes.source ?? ''}
      size="xs"
      aria-label="Projection of"
      allowDeselect={false}
      placeholder="Nothing to project"
      disabled={sources.length === 0}
      data={sources.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosenSource(sources, { sourceId })?.id ?? null}
      leftSection={<span className={classes.prefix}>of</span>}
      leftSectionWidth={28}
      leftSectionPointerEvents="none"
      onChange={(value) => value !== null && commands.setProjectionSource(value)}
    />
  );
}

function Settings({ method }: { readonly method: ProjectionMethod }) {
  const commands = useCommands();
  const values = useStore((state) => state.projection.values);
  const [isOpen, setIsOpen] = useState(false);
  const name = `Settings of ${method.name}`;
  return (
    <Popover position="bottom-start" withArrow trapFocus width={220} opened={isOpen} onChange={setIsOpen}>
      <Popover.Target>
        <Tooltip label={name} disabled={isOpen}>
          <ActionIcon aria-label="Projection settings" onClick={() => setIsOpen(!isOpen)}>
            <IconAdjustmentsHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>
        <ParameterForm specs={method.parameters} values={values} onChange={commands.setProjectionParameter} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Controls({ method }: { readonly method: ProjectionMethod | null }) {
  const commands = useCommands();
  const status = useStore((state) => state.projection.status);
  const hasSource = useSources().length > 0;
  if (status.kind === 'idle') {
    if (method === null) return null;
    return (
      <Tooltip
        label={
          hasSource
            ? `Place the points by ${method.name}`
            : 'Train a model to its end, or open a graph with a vector or number column.'
        }
      >
        <Button
          size="compact-sm"
          variant="light"
          aria-disabled={!hasSource}
          {...(hasSource ? {} : { 'data-disabled': true })}
          onClick={() => hasSource && void commands.project()}
        >
          Project
        </Button>
      </Tooltip>
    );
  }
  const isPaused = status.kind === 'paused';
  const pauseName = isPaused ? 'Resume projection' : 'Pause projection';
  return (
    <>
      <Tooltip label={pauseName}>
        <ActionIcon
          aria-label={pauseName}
          disabled={status.kind === 'stopping'}
          onClick={() => void (isPaused ? commands.resumeProjection() : commands.pauseProjection())}
        >
          {isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Stop projection">
        <ActionIcon
          aria-label="Stop projection"
          disabled={status.kind === 'stopping'}
          onClick={() => void commands.stopProjection()}
        >
          <IconPlayerStop size={16} />
        </ActionIcon>
      </Tooltip>
      <ProjectionProgress />
    </>
  );
}

function ProjectionProgress() {
  const status = useStore((state) => state.projection.status);
  const methods = useStore((state) => state.projection.methods);
  if (status.kind === 'idle') return null;
  const name = methods.find(({ id }) => id === status.method)?.name ?? '';
  const percent = Math.round(100 * status.fraction);
  const stage = status.stage === 'neighbours' ? 'finding neighbours' : 'placing points';
  const words = status.kind === 'running' ? stage : status.kind;
  return (
    <div className={classes.progress}>
      <span>
        {name}: {words}
      </span>
      <Progress.Root size="sm">
        <Progress.Section value={percent} aria-label={`${name}, ${words}`} />
      </Progress.Root>
    </div>
  );
}

/** A measure of the graph's structure as a new column of every node. */
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ParameterValues } from '../../core/parameters.ts';
import { edgeWeightCandidates } from '../../core/taskDefaults.ts';
import type { Graph } from '../../core/graph.ts';
import type { SchemaCatalogue } from '../../workers/schemaProtocol.ts';
import { ParameterForm } from '../ParameterForm/ParameterForm.tsx';
import { useCommands, useStore } from '../useStore.ts';
import { DialogForm } from './DialogForm.tsx';
import classes from './SchemaDialogs.module.css';
import { Source } from './Source.tsx';
import { freeName, tableOf } from './tableOf.ts';

const ALL_TYPES = '';
const UNWEIGHTED = '';

export function DeriveDialog({ nodeType }: { readonly nodeType: string }) {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const measures = useStore((state) => state.schema.catalogue?.measures ?? null);
  if (graph === null) return null;
  if (measures === null) return <p className={classes.muted}>Fetching the list of measures …</p>;
  return <DeriveForm graph={graph} measures={measures} nodeType={nodeType} />;
}

interface DeriveFormProps {
  readonly graph: Graph;
  readonly measures: SchemaCatalogue['measures'];
  readonly nodeType: string;
}

function DeriveForm({ graph, measures, nodeType }: DeriveFormProps) {
  const commands = useCommands();
  const [id, setId] = useState(measures[0]?.id ?? '');
  const [values, setValues] = useState<ParameterValues>({});
  const [weight, setWeight] = useState(UNWEIGHTED);
  const [type, setType] = useState(nodeType);
  /** Null while the measure's own name serves. */
  const [typed, setTyped] = useState<string | null>(null);
  const measure = measures.find((entry) => entry.id === id);
  if (measure === undefined) return null;
  const types = type === ALL_TYPES ? graph.nodeTypes.map(({ name }) => name) : [type];
  const taken = types.flatMap((name) => [...tableOf(graph, { kind: 'nodes', type: name }).columns]);
  const name = typed ?? freeName(measure.columnName, taken);
  const isTaken = taken.some((column) => column.name === name.trim());
  const weights = edgeWeightCandidates(graph);
  return (
    <DialogForm
      action="Derive"
      canSubmit={name.trim() !== '' && !isTaken}
      onSubmit={() =>
        void commands.deriveColumn({
          id,
          columnName: name.trim(),
          nodeTypes: type === ALL_TYPES ? null : types,
          weightColumn: measure.usesEdgeWeight && weight !== UNWEIGHTED ? weight : null,
          values,
        })
      }
    >
      <Select
        label="Measure"
        data-autofocus
        data={measures.map((entry) => ({ value: entry.id, label: entry.name }))}
        value={id}
        onChange={(value) => {
          if (value === null) return;
          setId(value);
          setValues({});
        }}
      />
      <div>
        <p>{measure.summary}</p>
        <Source text={measure.source} />
      </div>
      {measure.parameters.length > 0 && (
        <ParameterForm
          specs={measure.parameters}
          values={values}
          onChange={(parameter, value) => setValues({ ...values, [parameter]: value })}
        />
      )}
      {measure.usesEdgeWeight && weights.length > 0 && (
        <Select
          label="Edge weight"
          data={[
            { value: UNWEIGHTED, label: 'None: every edge counts 1' },
            ...weights.map((column) => ({ value: column, label: column })),
          ]}
          value={weight}
          onChange={(value) => value !== null && setWeight(value)}
        />
      )}
      {graph.nodeTypes.length > 1 && (
        <Select
          label="For nodes of"
          data={[
            { value: ALL_TYPES, label: 'Every type' },
            ...graph.nodeTypes.map((entry) => ({ value: entry.name, label: entry.name })),
          ]}
          value={type}
          onChange={(value) => value !== null && setType(value)}
        />
      )}
      <TextInput
        label="Name of the column"
        value={name}
        error={isTaken ? 'There is a column of that name already.' : null}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

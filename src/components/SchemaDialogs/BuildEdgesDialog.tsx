/** Edges made from columns, or from the edges there are: who is joined to whom, by what, and what came of it. */
import { Button, Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import type { ParameterSpec, ParameterValues } from '../../core/parameters.ts';
import { type Graph, numEdges } from '../../core/graph.ts';
import type { SchemaCatalogue } from '../../workers/schemaProtocol.ts';
import { formatQuantity, formatValue } from '../format/formatNumber.ts';
import { KIND_NAMES } from '../format/kindNames.ts';
import { Disclosure } from '../ParameterForm/Disclosure.tsx';
import { ParameterForm } from '../ParameterForm/ParameterForm.tsx';
import { useCommands, useStore } from '../useStore.ts';
import { DialogForm } from './DialogForm.tsx';
import classes from './SchemaDialogs.module.css';
import { Source } from './Source.tsx';
import { suggestedColumns, tableOf, usableColumns } from './tableOf.ts';

type Builder = SchemaCatalogue['builders'][number];
const EVERY_RELATION = '';

export function BuildEdgesDialog({ nodeType }: { readonly nodeType: string }) {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const builders = useStore((state) => state.schema.catalogue?.builders ?? null);
  const built = useStore((state) => state.schema.built);
  if (graph === null) return null;
  if (built !== null) return <BuildResult />;
  if (builders === null) return <p className={classes.muted}>Fetching the list of builders …</p>;
  return <BuildForm graph={graph} builders={builders} nodeType={nodeType} />;
}

interface BuildFormProps {
  readonly graph: Graph;
  readonly builders: readonly Builder[];
  readonly nodeType: string;
}

function BuildForm({ graph, builders, nodeType }: BuildFormProps) {
  const commands = useCommands();
  const target = useStore((state) => state.setup.target);
  const [id, setId] = useState(builders[0]?.id ?? '');
  const [type, setType] = useState(nodeType);
  const [values, setValues] = useState<ParameterValues>({});
  /** Null while the suggestion serves. */
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const [relation, setRelation] = useState(EVERY_RELATION);
  const [isOnly, setOnly] = useState(false);
  const builder = builders.find((entry) => entry.id === id);
  if (builder === undefined) return null;
  const { columns } = tableOf(graph, { kind: 'nodes', type });
  const targets = target?.split(',') ?? [];
  const chosen = picked ?? suggestedColumns(columns, builder.needs, targets);
  const setValue = (parameter: string, value: ParameterValues[string]): void =>
    setValues({ ...values, [parameter]: value });
  return (
    <DialogForm
      action="Build edges"
      canSubmit={builder.needs.columns === null || chosen.length > 0}
      onSubmit={() =>
        void commands.buildEdges({
          id,
          choice: {
            nodeType: type,
            columns: chosen,
            relation: relation === EVERY_RELATION ? null : relation,
          },
          values,
          isOnly,
        })
      }
    >
      <Select
        label="Join nodes by"
        data-autofocus
        data={builders.map((entry) => ({ value: entry.id, label: entry.name }))}
        value={id}
        onChange={(value) => {
          if (value === null) return;
          setId(value);
          setValues({});
          setPicked(null);
        }}
      />
      <div>
        <p>{builder.summary}</p>
        <Source text={builder.source} />
      </div>
      {graph.nodeTypes.length > 1 && (
        <Select
          label="Nodes of"
          data={graph.nodeTypes.map(({ name }) => ({ value: name, label: name }))}
          value={type}
          onChange={(value) => {
            if (value === null) return;
            setType(value);
            setPicked(null);
          }}
        />
      )}
      {builder.needs.columns !== null && (
        <ColumnChoice
          options={usableColumns(columns, builder.needs).map(({ name, kind }) => ({
            name,
            kind: KIND_NAMES[kind],
            isTarget: targets.includes(name),
          }))}
          chosen={chosen}
          isSingle={builder.needs.columns.most === 1}
          words={builder.needs.columns.words}
          onChange={setPicked}
        />
      )}
      {builder.needs.edges && (
        <Select
          label="By way of"
          data={[
            { value: EVERY_RELATION, label: 'Every relation' },
            ...[...new Set(graph.edgeTypes.relation)]
              .filter((name) => name !== '')
              .map((name) => ({ value: name, label: name })),
          ]}
          value={relation}
          onChange={(value) => value !== null && setRelation(value)}
        />
      )}
      <BuilderParameters specs={builder.parameters} values={values} onChange={setValue} />
      {numEdges(graph) > 0 && (
        <Checkbox
          label="Replace the existing edges"
          checked={isOnly}
          onChange={(event) => setOnly(event.currentTarget.checked)}
        />
      )}
    </DialogForm>
  );
}

interface BuilderParametersProps {
  readonly specs: readonly ParameterSpec[];
  readonly values: ParameterValues;
  readonly onChange: (id: string, value: ParameterValues[string]) => void;
}

function BuilderParameters({ specs, values, onChange }: BuilderParametersProps) {
  const plain = specs.filter((spec) => spec.isAdvanced !== true);
  const advanced = specs.filter((spec) => spec.isAdvanced === true);
  return (
    <>
      {plain.length > 0 && <ParameterForm specs={plain} values={values} onChange={onChange} />}
      {advanced.length > 0 && (
        <Disclosure title="More options">
          <ParameterForm specs={advanced} values={values} onChange={onChange} />
        </Disclosure>
      )}
    </>
  );
}

interface ColumnChoiceProps {
  readonly options: readonly { readonly name: string; readonly kind: string; readonly isTarget: boolean }[];
  readonly chosen: readonly string[];
  /** One column only: a menu instead of a list to tick. */
  readonly isSingle: boolean;
  /** What is needed, as the builder says it. */
  readonly words: string;
  readonly onChange: (chosen: readonly string[]) => void;
}

function ColumnChoice({ options, chosen, isSingle, words, onChange }: ColumnChoiceProps) {
  if (options.length === 0) {
    return <p className={classes.warning}>This table has no such column; needed: {words}.</p>;
  }
  if (isSingle) {
    return (
      <Select
        label="Column"
        data={options.map(({ name }) => name)}
        value={chosen[0] ?? null}
        onChange={(value) => value !== null && onChange([value])}
      />
    );
  }
  const toggle = (name: string, isOn: boolean): void =>
    onChange(
      options.map((option) => option.name).filter((each) => (each === name ? isOn : chosen.includes(each))),
    );
  return (
    <fieldset className={classes.choice}>
      <legend>
        Columns <span className={classes.muted}>({words})</span>
      </legend>
      <div className={classes.checks}>
        {options.map(({ name, kind, isTarget }) => (
          <Checkbox
            key={name}
            label={
              <>
                {name} <span className={classes.muted}>{isTarget ? `${kind}, target` : kind}</span>
              </>
            }
            checked={chosen.includes(name)}
            onChange={(event) => toggle(name, event.currentTarget.checked)}
          />
        ))}
      </div>
      {options.some(({ name, isTarget }) => isTarget && chosen.includes(name)) && (
        <p className={classes.warning}>
          Edges made from the target give it away: a model would read the answer from its neighbours.
        </p>
      )}
    </fieldset>
  );
}

function BuildResult() {
  const commands = useCommands();
  const built = useStore((state) => state.schema.built);
  if (built === null) return null;
  const { relation, numEdges: edges, meanDegree, notes } = built;
  return (
    <div className={classes.form}>
      <div aria-live="polite" className={classes.stack}>
        <p className={classes.good}>
          {formatQuantity(edges, 'edge')} made, named <strong>{relation}</strong>; mean degree{' '}
          {formatValue(meanDegree)}.
        </p>
        {notes.length > 0 && (
          <ul className={classes.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </div>
      <div className={classes.footer}>
        <div className={classes.buttons}>
          <Button
            variant="default"
            size="sm"
            onClick={() => {
              commands.undo();
              commands.showSchemaDialog(null);
            }}
          >
            Undo
          </Button>
          <Button size="sm" data-autofocus onClick={() => commands.showSchemaDialog(null)}>
            Done
          </Button>
        </div>
      </div>
    </div>
  );
}

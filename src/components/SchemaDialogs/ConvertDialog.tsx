/** Another kind for a column; what it would lose is shown before it is done. */
import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { type Column, findColumn, isNumeric } from '../../core/columns.ts';
import type { ConvertibleKind, ConvertOptions, TimeUnit } from '../../core/schema/convertColumn.ts';
import type { ColumnRef } from '../../state/schemaTypes.ts';
import { formatCount, formatQuantity } from '../format/formatNumber.ts';
import { KIND_NAMES } from '../format/kindNames.ts';
import { useCommands, useStore } from '../useStore.ts';
import { DialogForm } from './DialogForm.tsx';
import classes from './SchemaDialogs.module.css';
import { tableOf } from './tableOf.ts';

const KINDS: readonly ConvertibleKind[] = ['f64', 'i32', 'bool', 'category', 'text', 'date', 'vector'];
const TIME_UNITS: readonly { readonly value: TimeUnit; readonly label: string }[] = [
  { value: 'years', label: 'Years' },
  { value: 'seconds', label: 'Seconds since 1970' },
  { value: 'milliseconds', label: 'Milliseconds since 1970' },
];

const isWords = ({ kind }: Column): boolean => kind === 'text' || kind === 'category';

/** Kinds the column may become; float32 and float64 are both a number. */
function kindsFor(column: Column): readonly ConvertibleKind[] {
  return KINDS.filter(
    (kind) =>
      kind !== column.kind &&
      !(kind === 'f64' && column.kind === 'f32') &&
      (kind !== 'vector' || isWords(column)),
  );
}

export function ConvertDialog({ reference }: { readonly reference: ColumnRef }) {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const column =
    graph === null ? undefined : findColumn(tableOf(graph, reference.table).columns, reference.name);
  return column === undefined ? null : <ConvertForm column={column} reference={reference} />;
}

function ConvertForm({ column, reference }: { readonly column: Column; readonly reference: ColumnRef }) {
  const commands = useCommands();
  const conversion = useStore((state) => state.schema.conversion);
  const [kind, setKind] = useState<ConvertibleKind | null>(null);
  const [options, setOptions] = useState<ConvertOptions>({ timeUnit: 'years' });
  const preview = (to: ConvertibleKind, given: ConvertOptions): void => {
    setKind(to);
    setOptions(given);
    void commands.previewConversion(reference, to, given);
  };
  const hasDecimals = isWords(column) && (kind === 'f64' || kind === 'vector');
  return (
    <DialogForm
      action="Change kind"
      canSubmit={conversion !== null && conversion.to === kind}
      onSubmit={() => commands.confirmConversion(reference)}
    >
      <p>
        <strong>{column.name}</strong> is read as {KIND_NAMES[column.kind]}.
      </p>
      <Select
        label="New kind"
        data-autofocus
        placeholder="Choose"
        data={kindsFor(column).map((value) => ({ value, label: KIND_NAMES[value] }))}
        value={kind}
        onChange={(value) => value !== null && preview(value as ConvertibleKind, options)}
      />
      {kind !== null && hasDecimals && (
        <Checkbox
          label="Comma is the decimal point (1,5)"
          checked={options.decimalComma === true}
          onChange={(event) => preview(kind, { ...options, decimalComma: event.currentTarget.checked })}
        />
      )}
      {kind === 'date' && isNumeric(column) && (
        <Select
          label="The numbers are"
          data={[...TIME_UNITS]}
          value={options.timeUnit ?? null}
          onChange={(value) => value !== null && preview(kind, { ...options, timeUnit: value as TimeUnit })}
        />
      )}
      {conversion !== null && <LossReport column={column} />}
    </DialogForm>
  );
}

function LossReport({ column }: { readonly column: Column }) {
  const edited = useStore((state) => state.schema.conversion?.edited ?? null);
  if (edited === null) return null;
  const { numLost, examples } = edited;
  if (numLost === 0) {
    return (
      <p className={classes.good} aria-live="polite">
        Every value is kept.
      </p>
    );
  }
  return (
    <div className={classes.loss} aria-live="polite">
      <p>
        {formatQuantity(numLost, 'cell')} of {formatCount(column.length)} would become missing:
      </p>
      <ul>
        {[...new Set(examples)].map((example) => (
          <li key={example}>
            <code>{example}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

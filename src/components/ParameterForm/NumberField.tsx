/**
 * A numeric setting as `<input type="number">`. What is typed stays as typed; only valid values leave the field. It has
 * no `min` attribute, because browsers count steps from it and 200 would step to 201.
 */
import { TextInput, Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { NumberSpec } from '../../core/parameters.ts';
import { checkValue } from './checkValue.ts';

interface NumberFieldProps {
  readonly spec: NumberSpec;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

export function NumberField({ spec, value, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: number } | null>(null);
  // A draft belongs to the value it was typed over; a value changed from elsewhere replaces it.
  const text =
    draft !== null && (draft.of === value || Number(draft.text) === value) ? draft.text : String(value);
  const checked = checkValue(spec, text);
  return (
    <Tooltip label={spec.help} position="left">
      <TextInput
        type="number"
        label={spec.name}
        value={text}
        step={spec.step}
        inputMode={spec.kind === 'integer' ? 'numeric' : 'decimal'}
        error={checked.isValid ? null : checked.message}
        rightSection={spec.unit === undefined ? null : <span>{spec.unit}</span>}
        // A finished draft must not come back when the value returns to what it was typed over.
        onBlur={() => checked.isValid && setDraft(null)}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          setDraft({ text: typed, of: value });
          const next = checkValue(spec, typed);
          if (next.isValid && typeof next.value === 'number' && next.value !== value) onChange(next.value);
        }}
      />
    </Tooltip>
  );
}

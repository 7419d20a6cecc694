/** Any list of parameter specs as a form: one field per spec, named by it, explained by its help. */
import { Checkbox, Select, Tooltip } from '@mantine/core';
import type { ParameterSpec, ParameterValue, ParameterValues } from '../../core/parameters.ts';
import { NumberField } from './NumberField.tsx';
import classes from './ParameterForm.module.css';

interface ParameterFormProps {
  readonly specs: readonly ParameterSpec[];
  /** Missing values show their default. */
  readonly values: ParameterValues;
  readonly onChange: (id: string, value: ParameterValue) => void;
}

export function ParameterForm({ specs, values, onChange }: ParameterFormProps) {
  return (
    <div className={classes.form}>
      {specs.map((spec) => (
        <ParameterField
          key={spec.id}
          spec={spec}
          value={values[spec.id] ?? spec.default}
          onChange={(value) => onChange(spec.id, value)}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly spec: ParameterSpec;
  readonly value: ParameterValue;
  readonly onChange: (value: ParameterValue) => void;
}

function ParameterField({ spec, value, onChange }: FieldProps) {
  switch (spec.kind) {
    case 'number':
    case 'integer':
      return <NumberField spec={spec} value={Number(value)} onChange={onChange} />;
    case 'boolean':
      return (
        <Tooltip label={spec.help} position="left">
          <Checkbox
            className={classes.check ?? ''}
            label={spec.name}
            checked={value === true}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
        </Tooltip>
      );
    case 'choice':
      return (
        <Tooltip label={spec.help} position="left">
          <Select
            label={spec.name}
            data={spec.options.map((option) => ({ value: option.id, label: option.name }))}
            value={String(value)}
            onChange={(chosen) => chosen !== null && onChange(chosen)}
          />
        </Tooltip>
      );
    default:
      return spec satisfies never;
  }
}

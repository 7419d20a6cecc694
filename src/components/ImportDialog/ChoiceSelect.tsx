/** A Select over a fixed list of choices that gives back the choice's own type. */
import { Select, type SelectProps } from '@mantine/core';
import type { Choice } from './columnRoles.ts';

interface ChoiceSelectProps<Value extends string>
  extends Omit<SelectProps, 'data' | 'value' | 'defaultValue' | 'onChange'> {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}

export function ChoiceSelect<Value extends string>({
  choices,
  onChoose,
  ...props
}: ChoiceSelectProps<Value>) {
  return (
    <Select
      {...props}
      data={[...choices]}
      onChange={(value) => {
        const chosen = choices.find((choice) => choice.value === value);
        if (chosen !== undefined) onChoose(chosen.value);
      }}
    />
  );
}

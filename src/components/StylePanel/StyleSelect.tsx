/** A select of the style panel with its reset; a choice that this graph does not offer shows as the default. */
import { Select } from '@mantine/core';
import type { Choice, ChoiceGroup } from './colourChoices.ts';
import { Setting } from './Setting.tsx';

interface StyleSelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly standard: NoInfer<Value>;
  readonly choices: readonly Choice[] | readonly ChoiceGroup[];
  readonly onChange: (value: NoInfer<Value>) => void;
}

const valuesOf = (choices: readonly (Choice | ChoiceGroup)[]): string[] =>
  choices.flatMap((choice) => ('group' in choice ? choice.items.map(({ value }) => value) : [choice.value]));

export function StyleSelect<Value extends string>({
  label,
  value,
  standard,
  choices,
  onChange,
}: StyleSelectProps<Value>) {
  const shown = valuesOf(choices).includes(value) ? value : standard;
  return (
    <Setting name={label} isChanged={shown !== standard} onReset={() => onChange(standard)}>
      <Select
        label={label}
        data={[...choices] as Choice[]}
        value={shown}
        searchable={valuesOf(choices).length > 12}
        onChange={(next) => next !== null && onChange(next as Value)}
      />
    </Setting>
  );
}

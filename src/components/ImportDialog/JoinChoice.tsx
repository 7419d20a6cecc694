/** Open the files as a new graph, or add them to the open one; what would meet is said before anything is done. */
import { SegmentedControl } from '@mantine/core';
import type { ImportOptions, ImportPreview } from '../../io/importTypes.ts';
import type { JoinState } from '../../state/types.ts';
import { ErrorMessage } from '../Notices/ErrorMessage.tsx';
import { useCommands } from '../useStore.ts';
import { ChoiceSelect } from './ChoiceSelect.tsx';
import type { Choice } from './columnRoles.ts';
import classes from './ImportDialog.module.css';
import { JoinReport } from './JoinReport.tsx';

const NEW_NODES: readonly Choice<'add' | 'ignore'>[] = [
  { value: 'add', label: 'Add the node' },
  { value: 'ignore', label: 'Leave it out' },
];
const SAME_NAME: readonly Choice<'replace' | 'keep-both'>[] = [
  { value: 'replace', label: 'Take the new values' },
  { value: 'keep-both', label: 'Keep both columns' },
];

interface JoinChoiceProps {
  readonly preview: ImportPreview;
  readonly options: ImportOptions;
  readonly join: JoinState;
  readonly isDisabled: boolean;
}

export function JoinChoice({ preview, options, join, isDisabled }: JoinChoiceProps) {
  const commands = useCommands();
  return (
    <section className={classes.join} aria-label="Where the files go">
      <SegmentedControl
        aria-label="Where the files go"
        size="xs"
        fullWidth
        disabled={isDisabled}
        value={join.isChosen ? 'add' : 'new'}
        data={[
          { value: 'new', label: 'Open as new graph' },
          { value: 'add', label: `Add to ${join.title}` },
        ]}
        onChange={(value) => commands.setJoin({ isChosen: value === 'add' })}
      />
      {join.isChosen && (
        <>
          <div aria-live="polite" className={classes.report}>
            {join.isMatching && <p className={classes.muted}>Comparing ids…</p>}
            {join.error !== null && <ErrorMessage error={join.error} />}
            {join.match !== null && (
              <JoinReport preview={preview} options={options} join={join} match={join.match} />
            )}
          </div>
          {join.match !== null && <JoinFields join={join} match={join.match} isDisabled={isDisabled} />}
        </>
      )}
    </section>
  );
}

interface JoinFieldsProps {
  readonly join: JoinState;
  readonly match: NonNullable<JoinState['match']>;
  readonly isDisabled: boolean;
}

/** Only the choices that this match leaves open. */
function JoinFields({ join, match, isDisabled }: JoinFieldsProps) {
  const commands = useCommands();
  const { options } = join;
  const hasUnmatched = match.matched < match.rows;
  const isTyped = match.graphTypes.length > 1;
  if (!hasUnmatched && match.sameNames.length === 0 && !isTyped) return null;
  const types: readonly Choice<string>[] = [
    ...match.graphTypes.map((name) => ({ value: `=${name}`, label: name === '' ? 'nodes' : name })),
    { value: 'new', label: 'A type of its own' },
  ];
  return (
    <div className={classes.choices}>
      {isTyped &&
        match.types.map(({ incomingType, graphType }) => (
          <ChoiceSelect
            key={incomingType}
            label={incomingType === '' ? 'Node type' : `Node type of ${incomingType}`}
            description="Where these nodes belong"
            choices={types}
            value={graphType === null ? 'new' : `=${graphType}`}
            disabled={isDisabled}
            onChoose={(value) => {
              const home = value === 'new' ? null : value.slice(1);
              commands.setJoin({
                options: { ...options, types: { ...options.types, [incomingType]: home } },
              });
            }}
          />
        ))}
      {hasUnmatched && (
        <ChoiceSelect
          label="New nodes"
          description="When an id does not match"
          choices={NEW_NODES}
          value={match.addsNodes ? 'add' : 'ignore'}
          disabled={isDisabled}
          onChoose={(newNodes) => commands.setJoin({ options: { ...options, newNodes } })}
        />
      )}
      {match.sameNames.length > 0 && (
        <ChoiceSelect
          label="Columns that are there already"
          description={match.sameNames.slice(0, 3).join(', ') + (match.sameNames.length > 3 ? ' …' : '')}
          choices={SAME_NAME}
          value={options.sameName}
          disabled={isDisabled}
          onChoose={(sameName) => commands.setJoin({ options: { ...options, sameName } })}
        />
      )}
    </div>
  );
}

/** What an import does with edges and ids: the two choices that often matter in sight, the rest folded. */
import type { ImportOptions } from '../../io/importTypes.ts';
import { Disclosure } from '../ParameterForm/Disclosure.tsx';
import { useCommands } from '../useStore.ts';
import { ChoiceSelect } from './ChoiceSelect.tsx';
import { type Choice, foldedChanges } from './columnRoles.ts';
import classes from './ImportDialog.module.css';

type Policy = 'direction' | 'missingNodes' | 'duplicateEdges' | 'selfLoops' | 'duplicateNodes';

const DIRECTIONS: readonly Choice<ImportOptions['direction']>[] = [
  { value: 'auto', label: 'As the file says' },
  { value: 'directed', label: 'Directed' },
  { value: 'undirected', label: 'Undirected' },
];
const MISSING_NODES: readonly Choice<ImportOptions['missingNodes']>[] = [
  { value: 'add', label: 'Add the node' },
  { value: 'drop', label: 'Drop the edge' },
];
const DUPLICATE_EDGES: readonly Choice<ImportOptions['duplicateEdges']>[] = [
  { value: 'keep', label: 'Keep all' },
  { value: 'keep-first', label: 'Keep the first' },
  { value: 'sum-weights', label: 'Sum their weights' },
];
const SELF_LOOPS: readonly Choice<ImportOptions['selfLoops']>[] = [
  { value: 'keep', label: 'Keep' },
  { value: 'drop', label: 'Drop' },
];
const DUPLICATE_NODES: readonly Choice<ImportOptions['duplicateNodes']>[] = [
  { value: 'keep-first', label: 'Keep the first row' },
  { value: 'refuse', label: 'Refuse the file' },
];

interface ImportChoicesProps {
  readonly options: ImportOptions;
  readonly isDisabled: boolean;
}

export function ImportChoices({ options, isDisabled }: ImportChoicesProps) {
  const commands = useCommands();
  const changes = foldedChanges(options);
  const fieldOf = <Name extends Policy>(name: Name, choices: readonly Choice<ImportOptions[Name]>[]) => ({
    choices,
    value: options[name],
    disabled: isDisabled,
    onChoose: (value: ImportOptions[Name]) => commands.setImportOptions({ ...options, [name]: value }),
  });
  return (
    <div>
      <div className={classes.choices}>
        <ChoiceSelect
          label="Direction"
          description="Whether an edge's two ends are different"
          {...fieldOf('direction', DIRECTIONS)}
        />
        <ChoiceSelect
          label="Missing nodes"
          description="When an edge names a node that no table has"
          {...fieldOf('missingNodes', MISSING_NODES)}
        />
      </div>
      <div className={classes.more}>
        <Disclosure title="More choices" note={changes === 0 ? '' : `${changes} changed`}>
          <div className={classes.choices}>
            <ChoiceSelect
              label="Repeated edges"
              description="Edges between the same two nodes"
              {...fieldOf('duplicateEdges', DUPLICATE_EDGES)}
            />
            <ChoiceSelect
              label="Self-loops"
              description="Edges from a node to itself"
              {...fieldOf('selfLoops', SELF_LOOPS)}
            />
            <ChoiceSelect
              label="Repeated node ids"
              description="Rows of a node table with the same id"
              {...fieldOf('duplicateNodes', DUPLICATE_NODES)}
            />
          </div>
        </Disclosure>
      </div>
    </div>
  );
}

/** The head of a column in an import: its name, its role and how its cells are read; as words where nothing can be chosen. */
import type { ColumnPreview, ImportOptions, TablePreview } from '../../io/importTypes.ts';
import { KIND_NAMES } from '../format/kindNames.ts';
import { useCommands } from '../useStore.ts';
import { ChoiceSelect } from './ChoiceSelect.tsx';
import {
  columnKind,
  columnRole,
  kindChoices,
  roleChoices,
  roleName,
  withColumnKind,
  withColumnRole,
} from './columnRoles.ts';
import classes from './ImportDialog.module.css';

interface ColumnMappingProps {
  readonly table: TablePreview;
  readonly column: ColumnPreview;
  readonly options: ImportOptions;
  readonly isDisabled: boolean;
}

export function ColumnMapping({ table, column, options, isDisabled }: ColumnMappingProps) {
  const commands = useCommands();
  const role = columnRole(table, column, options);
  const kind = columnKind(table, column, options);
  const roles = column.isFixed === true ? [] : roleChoices(table, options);
  const kinds = kindChoices(table, column, options);
  return (
    <th scope="col" data-role={role}>
      <span className={classes.columnName} title={column.name}>
        {column.name}
      </span>
      <div className={classes.columnFields}>
        {roles.length === 0 ? (
          <span className={classes.fixed}>{roleName(role)}</span>
        ) : (
          <ChoiceSelect
            aria-label={`Role of ${column.name}`}
            choices={roles}
            value={role}
            disabled={isDisabled}
            onChoose={(chosen) =>
              commands.setImportOptions(withColumnRole(options, table, column.name, chosen))
            }
          />
        )}
        {kinds.length === 0 ? (
          <span className={classes.fixed}>{role === 'ignore' ? 'not read' : KIND_NAMES[kind]}</span>
        ) : (
          <ChoiceSelect
            aria-label={`Kind of ${column.name}`}
            className={classes.kind ?? ''}
            choices={kinds}
            value={kind}
            disabled={isDisabled}
            onChoose={(chosen) =>
              commands.setImportOptions(withColumnKind(options, table, column.name, chosen))
            }
          />
        )}
      </div>
    </th>
  );
}

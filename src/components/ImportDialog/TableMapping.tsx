/** One table of an import: how it was read, the role of each column, the first rows. */
import { Select } from '@mantine/core';
import { COLUMN_ROLES } from './columnRoles.ts';
import type { ImportOptions, TablePreview } from '../../io/importTypes.ts';
import { formatBytes, formatQuantity } from '../format/formatNumber.ts';
import { KIND_NAMES } from '../format/kindNames.ts';
import { useCommands } from '../useStore.ts';
import classes from './ImportDialog.module.css';

/** Wider tables show this many columns; the rest keep their guessed roles and are counted. */
const MAX_SHOWN_COLUMNS = 40;
const TABLE_ROLES: Record<TablePreview['role'], string> = {
  nodes: 'Nodes',
  edges: 'Edges',
  features: 'Features',
  settings: 'Settings',
  ignored: 'Not used',
};

interface TableMappingProps {
  readonly table: TablePreview;
  readonly options: ImportOptions;
  readonly isDisabled: boolean;
}

export function TableMapping({ table, options, isDisabled }: TableMappingProps) {
  const columns = table.columns.slice(0, MAX_SHOWN_COLUMNS);
  const hidden = table.columns.length - columns.length;
  return (
    <section className={classes.table} aria-label={`Table ${table.path}`}>
      <h2 className={classes.tableHead}>
        <span>{table.path}</span>
        <span className={classes.role}>
          {TABLE_ROLES[table.role]}
          {table.type === '' ? '' : `: ${table.type}`}
        </span>
        <span className={classes.muted}>
          {[table.dialect, formatBytes(table.sizeBytes)].filter((part) => part !== '').join(', ')}
        </span>
      </h2>
      {columns.length > 0 && (
        <div className={classes.scroll} role="group" aria-label={`First rows of ${table.path}`} tabIndex={0}>
          <table className={classes.sample}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.name} scope="col">
                    <span className={classes.columnName}>
                      {column.name} <span className={classes.muted}>{KIND_NAMES[column.kind]}</span>
                    </span>
                    <RoleSelect
                      table={table}
                      column={column.name}
                      options={options}
                      isDisabled={isDisabled}
                    />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.sampleRows.slice(0, 5).map((row, index) => (
                <tr key={index}>
                  {columns.map((column, at) => (
                    <td key={column.name}>{row[at] ?? ''}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hidden > 0 && (
        <p className={classes.muted}>and {formatQuantity(hidden, 'more column', 'more columns')}</p>
      )}
    </section>
  );
}

interface RoleSelectProps extends TableMappingProps {
  readonly column: string;
}

function RoleSelect({ table, column, options, isDisabled }: RoleSelectProps) {
  const commands = useCommands();
  const guessed = table.columns.find((candidate) => candidate.name === column)?.role ?? 'attribute';
  const role = options.roles[table.path]?.[column] ?? guessed;
  return (
    <Select
      aria-label={`Role of ${column}`}
      data={[...COLUMN_ROLES]}
      value={role}
      disabled={isDisabled || table.role === 'settings' || table.role === 'ignored'}
      onChange={(value) => {
        const chosen = COLUMN_ROLES.find((candidate) => candidate.value === value);
        if (chosen === undefined) return;
        const tableRoles = { ...options.roles[table.path], [column]: chosen.value };
        commands.setImportOptions({ ...options, roles: { ...options.roles, [table.path]: tableRoles } });
      }}
    />
  );
}

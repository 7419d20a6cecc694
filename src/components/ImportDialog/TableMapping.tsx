/** One table of an import: what it is, how it was read, a role and a kind for each column, the first rows. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ImportOptions, TablePreview } from '../../io/importTypes.ts';
import { formatBytes, formatCount } from '../format/formatNumber.ts';
import { useCommands } from '../useStore.ts';
import { ChoiceSelect } from './ChoiceSelect.tsx';
import { ColumnMapping } from './ColumnMapping.tsx';
import {
  isFixedTable,
  TABLE_ROLE_CHOICES,
  tableRole,
  tableRoleName,
  tableType,
  withTableRole,
  withTableType,
} from './columnRoles.ts';
import classes from './ImportDialog.module.css';

/** Wider tables begin with this many columns; the rest keep their guesses until somebody looks for them. */
const FIRST_COLUMNS = 16;
/** So many fields at once are drawn without a pause; a search narrows tables that are wider still. */
const MAX_SHOWN_COLUMNS = 120;
const SAMPLE_ROWS = 5;

interface TableMappingProps {
  readonly table: TablePreview;
  readonly options: ImportOptions;
  readonly isDisabled: boolean;
}

export function TableMapping({ table, options, isDisabled }: TableMappingProps) {
  const role = tableRole(table, options);
  const isUsed = role !== 'ignored';
  return (
    <section className={classes.table} aria-label={`Table ${table.path}`}>
      <div className={classes.tableHead}>
        <h2 className={classes.tableName}>{table.path}</h2>
        <TableFields table={table} options={options} isDisabled={isDisabled} />
        <span className={classes.dialect}>
          {[table.dialect, formatBytes(table.sizeBytes)].filter((part) => part !== '').join(', ')}
        </span>
      </div>
      {isUsed && table.columns.length > 0 && (
        <SampleTable table={table} options={options} isDisabled={isDisabled} />
      )}
    </section>
  );
}

/** Role and type of the table, or the words for them where the format decides. */
function TableFields({ table, options, isDisabled }: TableMappingProps) {
  const commands = useCommands();
  const role = tableRole(table, options);
  const type = tableType(table, options);
  if (isFixedTable(table)) {
    return <span className={classes.role}>{tableRoleName(role) + (type === '' ? '' : `: ${type}`)}</span>;
  }
  const typeName = role === 'edges' ? 'Relation' : 'Type';
  return (
    <div className={classes.tableFields}>
      <ChoiceSelect
        aria-label={`Role of ${table.path}`}
        w={112}
        choices={TABLE_ROLE_CHOICES}
        value={role}
        disabled={isDisabled}
        onChoose={(chosen) => commands.setImportOptions(withTableRole(options, table, chosen))}
      />
      {role !== 'ignored' && (
        <TextInput
          aria-label={`${typeName} of ${table.path}`}
          placeholder={`${typeName} name`}
          w={132}
          value={type}
          disabled={isDisabled}
          onChange={(event) =>
            commands.setImportOptions(withTableType(options, table, event.currentTarget.value))
          }
        />
      )}
    </div>
  );
}

function SampleTable({ table, options, isDisabled }: TableMappingProps) {
  const [wanted, setWanted] = useState('');
  const [limit, setLimit] = useState(FIRST_COLUMNS);
  const found = table.columns
    .map((column, at) => ({ column, at }))
    .filter(({ column }) => column.name.toLowerCase().includes(wanted.trim().toLowerCase()));
  const shown = found.slice(0, limit);
  const isWide = table.columns.length > FIRST_COLUMNS;
  return (
    <>
      {isWide && (
        <div className={classes.wide}>
          <TextInput
            aria-label={`Find a column of ${table.path}`}
            placeholder="Find a column"
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            // Enter looks, it does not import.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
          <span className={classes.muted}>
            {formatCount(shown.length)} of {formatCount(table.columns.length)} columns
          </span>
          {found.length > shown.length && limit < MAX_SHOWN_COLUMNS && (
            <Button variant="default" onClick={() => setLimit(MAX_SHOWN_COLUMNS)}>
              {found.length <= MAX_SHOWN_COLUMNS ? 'Show all columns' : `Show ${MAX_SHOWN_COLUMNS} columns`}
            </Button>
          )}
        </div>
      )}
      <div className={classes.scroll} role="group" aria-label={`First rows of ${table.path}`} tabIndex={0}>
        <table className={classes.sample}>
          <thead>
            <tr>
              {shown.map(({ column }) => (
                <ColumnMapping
                  key={column.name}
                  table={table}
                  column={column}
                  options={options}
                  isDisabled={isDisabled}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {table.sampleRows.slice(0, SAMPLE_ROWS).map((row, index) => (
              <tr key={index}>
                {shown.map(({ column, at }) => (
                  <td key={column.name} title={row[at] ?? ''}>
                    {row[at] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

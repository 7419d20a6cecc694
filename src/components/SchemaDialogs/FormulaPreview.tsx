/** The first rows with what the formula gives, or the place where it goes wrong. */
import { cellText, findColumn } from '../../core/columns.ts';
import type { SerialisedError } from '../../core/errors.ts';
import classes from './SchemaDialogs.module.css';
import type { OpenTable } from './tableOf.ts';
import type { Preview } from './useFormulaPreview.ts';

/** The result matters; more inputs than this would push it out of sight. */
const MAX_INPUTS = 3;

interface FormulaPreviewProps {
  readonly preview: Preview;
  readonly text: string;
  readonly table: OpenTable;
}

export function FormulaPreview({ preview, text, table }: FormulaPreviewProps) {
  if (preview.kind === 'empty') {
    return <p className={classes.muted}>The first results appear here as you type.</p>;
  }
  if (preview.kind === 'error') return <FormulaError error={preview.error} text={text} />;
  const inputs = preview.reads.slice(0, MAX_INPUTS).flatMap((name) => findColumn(table.columns, name) ?? []);
  return (
    <table className={classes.preview} aria-label="First results">
      <thead>
        <tr>
          <th scope="col">row</th>
          {inputs.map(({ name }) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
          <th scope="col">result ({preview.resultType})</th>
        </tr>
      </thead>
      <tbody>
        {preview.results.map((result, row) => (
          <tr key={table.rowName(row)}>
            <td>{table.rowName(row)}</td>
            {inputs.map((column) => (
              <td key={column.name}>{cellText(column, row)}</td>
            ))}
            <td className={classes.result}>{result}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Says what is wrong and marks the character it is at. */
function FormulaError({ error, text }: { readonly error: SerialisedError; readonly text: string }) {
  const { position } = error.details;
  return (
    <div className={classes.formulaError} role="alert">
      {typeof position === 'number' && (
        <p className={classes.marked} aria-hidden>
          {text.slice(Math.max(0, position - 24), position)}
          <mark>{text.slice(position, position + 1) || '⌷'}</mark>
          {text.slice(position + 1, position + 25)}
        </p>
      )}
      <p>{error.message}</p>
      <p className={classes.muted}>{error.remedy}</p>
    </div>
  );
}

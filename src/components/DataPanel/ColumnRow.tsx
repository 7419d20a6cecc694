/** One column of a table: name, kind, a tiny histogram and one line about its values. */
import type { Column } from '../../core/columns.ts';
import { formatCount, formatQuantity } from '../format/formatNumber.ts';
import type { SummaryBar } from './columnSummary.ts';
import { KIND_NAMES } from '../format/kindNames.ts';
import type { ClassScale } from '../palette/columnValues.ts';
import classes from './DataPanel.module.css';
import { useColumnSummary } from './useColumnSummary.ts';

interface ColumnRowProps {
  readonly column: Column;
  /** Colours of a class column that is the target. */
  readonly scale: ClassScale | null;
  readonly note: string | null;
}

export function ColumnRow({ column, scale, note }: ColumnRowProps) {
  const summary = useColumnSummary(column);
  const missing = summary?.missing ?? 0;
  return (
    <li className={classes.column}>
      <span className={classes.columnName} title={column.name}>
        {column.name}
        {note !== null && <span className={classes.note}>{note}</span>}
      </span>
      <span className={classes.kind}>{KIND_NAMES[column.kind]}</span>
      <span className={classes.summary}>
        {summary?.text ?? formatQuantity(column.length, 'row')}
        {missing > 0 && ` · ${formatCount(missing)} missing`}
      </span>
      {summary !== null && summary.bars.length > 1 && (
        <Bars bars={summary.bars} scale={scale} name={column.name} />
      )}
    </li>
  );
}

const BAR_WIDTH = 5;
const HEIGHT = 18;

function Bars({
  bars,
  scale,
  name,
}: {
  readonly bars: readonly SummaryBar[];
  readonly scale: ClassScale | null;
  readonly name: string;
}) {
  const largest = Math.max(...bars.map((bar) => bar.count));
  const width = bars.length * BAR_WIDTH;
  return (
    <svg
      className={classes.bars}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={`Values of ${name}`}
    >
      {bars.map((bar, index) => {
        // A rare value stays visible: at least one pixel.
        const height = bar.count === 0 ? 0 : Math.max(1, (bar.count / largest) * HEIGHT);
        return (
          <rect
            key={bar.label}
            x={index * BAR_WIDTH}
            y={HEIGHT - height}
            width={BAR_WIDTH - 1}
            height={height}
            fill={scale?.css[scale.names.indexOf(bar.label)] ?? 'var(--gw-bar)'}
          >
            <title>{`${bar.label}: ${formatCount(bar.count)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

/** The values of a column as a tiny histogram. */
import { formatCount } from '../format/formatNumber.ts';
import type { ClassScale } from '../palette/columnValues.ts';
import type { SummaryBar } from './columnSummary.ts';
import classes from './DataPanel.module.css';

const BAR_WIDTH = 5;
const HEIGHT = 18;

interface ColumnBarsProps {
  readonly bars: readonly SummaryBar[];
  readonly scale: ClassScale | null;
  readonly name: string;
}

export function ColumnBars({ bars, scale, name }: ColumnBarsProps) {
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

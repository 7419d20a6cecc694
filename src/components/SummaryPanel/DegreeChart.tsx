/** Nodes by degree, both axes logarithmic: the shape of a network in the width of a pane. */
import { formatCompactCount, formatCount, formatQuantity } from '../format/formatNumber.ts';
import classes from './SummaryPanel.module.css';
import type { DegreeBin } from './summaryRows.ts';

const BAR = 18;
const GAP = 3;
const HEIGHT = 64;
const LABELS = 16;

const binName = ({ from, to }: DegreeBin): string =>
  from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`;

export function DegreeChart({ bins }: { readonly bins: readonly DegreeBin[] }) {
  const largest = Math.max(1, ...bins.map(({ count }) => count));
  // log(1 + count), so that a single node is still a bar.
  const heightOf = (count: number): number => (HEIGHT * Math.log1p(count)) / Math.log1p(largest);
  const width = bins.length * (BAR + GAP) - GAP;
  // Every label, or as many as fit.
  const step = Math.ceil(bins.length / 8);
  return (
    <figure className={classes.chart}>
      <figcaption>Nodes by degree</figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT + LABELS}`}
        style={{ maxWidth: width }}
        role="img"
        aria-label={`Nodes by degree: ${bins.map((bin) => `${binName(bin)}: ${formatCount(bin.count)}`).join(', ')}`}
      >
        {bins.map((bin, at) => {
          const height = heightOf(bin.count);
          const x = at * (BAR + GAP);
          return (
            <g key={bin.from}>
              <rect x={x} y={HEIGHT - height} width={BAR} height={height} className={classes.bar}>
                <title>{`degree ${binName(bin)}: ${formatQuantity(bin.count, 'node')}`}</title>
              </rect>
              {at % step === 0 && (
                <text x={x + BAR / 2} y={HEIGHT + 12} textAnchor="middle" className={classes.axis}>
                  {formatCompactCount(bin.from).replace(' ', '')}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p className={classes.hint}>Bins double in width; heights are logarithmic.</p>
    </figure>
  );
}

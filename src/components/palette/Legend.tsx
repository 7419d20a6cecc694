/** What the colours and shapes mean right now. Draws a `LegendModel`; the same model goes into exported images. */
import { useMemo } from 'react';
import { useStore } from '../useStore.ts';
import classes from './Legend.module.css';
import { legendModel, type LegendItem, type LegendModel } from './legendModel.ts';
import { SHAPE } from './nodeMarks.ts';

export function Legend() {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const colourBy = useStore((state) => state.view.colourBy);
  const setup = useStore((state) => state.setup);
  const description = useStore((state) => state.run.description);
  const result = useStore((state) => state.run.result);
  const status = useStore((state) => state.run.status.kind);
  const model = useMemo(() => {
    if (graph === null) return null;
    const run = { description, result, snapshot: null, status: { kind: status } };
    return legendModel(graph, { setup, run, view: { colourBy } });
  }, [graph, colourBy, setup, description, result, status]);
  return model === null ? null : <LegendView model={model} />;
}

/** On a phone the legend starts folded: it would cover half of the graph. */
const isSmallScreen = (): boolean => matchMedia('(max-width: 600px)').matches;

export function LegendView({ model }: { readonly model: LegendModel }) {
  if (model.kind === 'empty' && model.note === '') return null;
  return (
    <details className={classes.legend} open={!isSmallScreen()} aria-label="Legend">
      <summary className={classes.title}>{model.title}</summary>
      {model.kind === 'empty' && <p className={classes.note}>{model.note}</p>}
      {model.kind === 'ramp' && (
        <div className={classes.ramp}>
          <div
            className={classes.bar}
            style={{ background: `linear-gradient(to right, ${model.css.join(',')})` }}
          />
          <span>{model.from}</span>
          <span>{model.to}</span>
          {model.note !== '' && <span className={classes.rampNote}>{model.note}</span>}
        </div>
      )}
      {model.kind === 'marks' && (
        <ul className={classes.items}>
          {model.items.map((item) => (
            <li key={item.label} className={classes.item}>
              <Swatch item={item} />
              <span className={classes.label} title={item.label}>
                {item.label}
              </span>
              {item.count !== null && (
                <span className={classes.count}>{item.count.toLocaleString('en')}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

const MARK_PATHS = ['', 'M2 2h8v8H2z', 'M6 .8 11.2 6 6 11.2.8 6z', ''] as const;

function Swatch({ item }: { readonly item: LegendItem }) {
  const isHollow = item.shape === SHAPE.hollow;
  return (
    <svg className={classes.swatch} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {MARK_PATHS[item.shape] === '' ? (
        <circle
          cx="6"
          cy="6"
          r={isHollow ? 4 : 4.6}
          fill={isHollow ? 'none' : item.css}
          stroke={isHollow ? item.css : undefined}
          strokeWidth={isHollow ? 1.6 : undefined}
        />
      ) : (
        <path d={MARK_PATHS[item.shape]} fill={item.css} />
      )}
    </svg>
  );
}

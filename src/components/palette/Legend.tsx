/** What colours, shapes and sizes mean right now. Draws `LegendModel`s; the same models go into exported images. */
import { useMemo } from 'react';
import { useCommands, useStore, useStoreApi } from '../useStore.ts';
import { widthAt } from './edgeMarks.ts';
import classes from './Legend.module.css';
import { legendSections, type LegendItem, type LegendModel, nodesMarked } from './legendModel.ts';
import { isHollow, shapeCorners } from './shapes.ts';

export function Legend() {
  const graph = useStore((state) => state.data.loaded?.graph ?? null);
  const colourBy = useStore((state) => state.view.colourBy);
  const sizeBy = useStore((state) => state.view.sizeBy);
  const style = useStore((state) => state.view.style);
  const setup = useStore((state) => state.setup);
  const description = useStore((state) => state.run.description);
  const result = useStore((state) => state.run.result);
  const status = useStore((state) => state.run.status.kind);
  const commands = useCommands();
  const store = useStoreApi();
  const sections = useMemo(() => {
    if (graph === null) return [];
    const run = { description, result, snapshot: null, status: { kind: status } };
    return legendSections(graph, { setup, run, view: { colourBy, sizeBy, style } });
  }, [graph, colourBy, sizeBy, style, setup, description, result, status]);
  if (graph === null) return null;
  const pick = ({ match }: LegendItem): void => {
    if (match !== null) commands.select(nodesMarked(graph, store.getState(), match));
  };
  return <LegendView sections={sections} onPick={pick} />;
}

/** On a phone the legend starts folded: it would cover half of the graph. */
const isSmallScreen = (): boolean => matchMedia('(max-width: 600px)').matches;

const saysNothing = (model: LegendModel): boolean => model.kind === 'empty' && model.note === '';

interface LegendViewProps {
  readonly sections: readonly LegendModel[];
  /** Selects the nodes of an entry. */
  readonly onPick: (item: LegendItem) => void;
}

export function LegendView({ sections, onPick }: LegendViewProps) {
  const [first, ...others] = sections.filter((model) => !saysNothing(model));
  if (first === undefined) return null;
  return (
    <details className={classes.legend} open={!isSmallScreen()} aria-label="Legend">
      <summary className={classes.title}>{first.title}</summary>
      <Section model={first} onPick={onPick} />
      {others.map((model) => (
        <section key={model.title} className={classes.section} aria-label={model.title}>
          <p className={classes.title}>{model.title}</p>
          <Section model={model} onPick={onPick} />
        </section>
      ))}
    </details>
  );
}

function Section({
  model,
  onPick,
}: {
  readonly model: LegendModel;
  readonly onPick: LegendViewProps['onPick'];
}) {
  switch (model.kind) {
    case 'empty':
      return <p className={classes.note}>{model.note}</p>;
    case 'ramp':
      return <RampBar model={model} />;
    case 'magnitudes':
      return <Magnitudes model={model} />;
    case 'marks':
      return (
        <ul className={classes.items}>
          {model.items.map((item) => (
            <li key={item.label}>
              {item.match === null ? (
                <span className={classes.item}>
                  <ItemContent item={item} />
                </span>
              ) : (
                <button
                  type="button"
                  className={classes.item}
                  title="Select these nodes"
                  onClick={() => onPick(item)}
                >
                  <ItemContent item={item} />
                </button>
              )}
            </li>
          ))}
        </ul>
      );
    default:
      return model satisfies never;
  }
}

function ItemContent({ item }: { readonly item: LegendItem }) {
  return (
    <>
      <Swatch item={item} />
      <span className={classes.label}>{item.label}</span>
      {item.count !== null && <span className={classes.count}>{item.count.toLocaleString('en')}</span>}
    </>
  );
}

function RampBar({ model }: { readonly model: Extract<LegendModel, { kind: 'ramp' }> }) {
  const middle = model.ticks.find(({ ratio }) => ratio > 0.35 && ratio < 0.65);
  return (
    <div className={classes.ramp}>
      <div
        className={classes.bar}
        style={{ background: `linear-gradient(to right, ${model.css.join(',')})` }}
      >
        {model.ticks.map(({ ratio }) => (
          <i key={ratio} className={classes.tick} style={{ left: `${100 * ratio}%` }} />
        ))}
      </div>
      <span>{model.from}</span>
      {middle !== undefined && (
        <span className={classes.middle} style={{ left: `${100 * middle.ratio}%` }}>
          {middle.label}
        </span>
      )}
      <span>{model.to}</span>
      {model.note !== '' && <span className={classes.rampNote}>{model.note}</span>}
    </div>
  );
}

/** Largest disc of the legend, px. */
const MAX_RADIUS = 7;
const MIN_RADIUS = 2;

function Magnitudes({ model }: { readonly model: Extract<LegendModel, { kind: 'magnitudes' }> }) {
  return (
    <ul className={classes.magnitudes}>
      {model.steps.map(({ share, label }) => (
        <li key={share}>
          <svg width="18" height="16" viewBox="0 0 18 16" aria-hidden="true">
            {model.mark === 'disc' ? (
              <circle cx="9" cy="8" r={MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * Math.sqrt(share)} />
            ) : (
              <rect x="0" y={8 - widthAt(share) / 2} width="18" height={widthAt(share)} />
            )}
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ item }: { readonly item: LegendItem }) {
  if (item.shape === 'line') {
    return (
      <svg className={classes.lineSwatch} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M0 6h12" stroke={item.css} strokeWidth="2.5" />
      </svg>
    );
  }
  const isOutline = isHollow(item.shape);
  const ink = isOutline ? { fill: 'none', stroke: item.css, strokeWidth: 1.6 } : { fill: item.css };
  const radius = isOutline ? 4 : 4.4;
  const corners = shapeCorners(item.shape);
  return (
    <svg className={classes.swatch} width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
      {corners === null ? (
        <circle r={radius} style={ink} />
      ) : (
        <polygon
          points={corners
            .map(([x, y]) => `${(x * radius * 0.85).toFixed(2)},${(y * radius * 0.85).toFixed(2)}`)
            .join(' ')}
          style={ink}
        />
      )}
    </svg>
  );
}

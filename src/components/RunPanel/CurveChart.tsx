/**
 * One live chart. It reads the store itself and redraws at most once per animation frame: React renders it once per
 * theme, not once per epoch. The x axis spans the whole run from the start, so that a growing curve does not rescale.
 */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { WorkbenchState } from '../../state/types.ts';
import { useStoreApi } from '../useStore.ts';
import { type CurveData, curveData, lossCeiling } from './curveData.ts';
import classes from './RunPanel.module.css';

interface CurveChartProps {
  readonly which: 'loss' | 'score';
  readonly label: string;
  /** Scores between 0 and 1 keep a fixed axis in percent. */
  readonly isRatio: boolean;
}

/** Canvas colours are read once per chart, so another theme is another chart. */
export default function CurveChart(props: CurveChartProps) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return <ThemedChart key={scheme} {...props} />;
}

function ThemedChart({ which, label, isRatio }: CurveChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const plot = new uPlot(chartOptions(element, which, isRatio), [[], [], []], element);
    let frame = 0;
    let drawn = '';
    const draw = (): void => {
      frame = 0;
      const state = store.getState();
      drawn = stamp(state);
      const data = curveData(state.run.curves, which);
      plot.batch(() => {
        plot.setData([data.epoch, data.train, data.val], false);
        plot.setScale('x', {
          min: 0,
          max: Math.max(2, state.run.description?.epochs ?? 0, data.epoch.at(-1) ?? 0),
        });
        plot.setScale('y', yRange(data, which, isRatio));
      });
    };
    const schedule = (): void => {
      if (frame === 0 && stamp(store.getState()) !== drawn) frame = requestAnimationFrame(draw);
    };
    draw();
    const unsubscribe = store.subscribe(schedule);
    const resize = new ResizeObserver(() => plot.setSize(sizeOf(element)));
    resize.observe(element);
    return () => {
      unsubscribe();
      resize.disconnect();
      cancelAnimationFrame(frame);
      plot.destroy();
    };
  }, [store, which, isRatio]);
  return <div ref={host} className={classes.chart} role="img" aria-label={label} />;
}

/** Changes exactly when the curves do: their object is republished at a new length, and a new run has a new range. */
function stamp(state: WorkbenchState): string {
  return `${state.run.curves.length} ${state.run.description?.epochs ?? 0}`;
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: Math.max(40, element.clientWidth), height: Math.max(40, element.clientHeight) };
}

function yRange(data: CurveData, which: 'loss' | 'score', isRatio: boolean): { min: number; max: number } {
  if (which === 'score' && isRatio) return { min: 0, max: 1 };
  let lowest = 0;
  for (const value of [...data.train, ...data.val]) if (value !== null && value < lowest) lowest = value;
  // R² starts far below 0, where nobody looks; modularity and R² end at 1.
  if (which === 'score') return { min: Math.max(-1, lowest), max: 1 };
  return { min: lowest, max: lossCeiling(data) };
}

function chartOptions(element: HTMLElement, which: 'loss' | 'score', isRatio: boolean): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: token('--gw-muted'),
    font: "11px 'Inter Variable', sans-serif",
    grid: { stroke: token('--gw-line'), width: 1 },
    ticks: { show: false },
  };
  const asPercent = which === 'score' && isRatio;
  return {
    ...sizeOf(element),
    padding: [6, 16, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, auto: false }, y: { auto: false } },
    series: [
      {},
      { stroke: token('--gw-series-train'), width: 1.5, spanGaps: true, points: { show: false } },
      { stroke: token('--gw-series-val'), width: 1.5, dash: [5, 3], spanGaps: true, points: { show: false } },
    ],
    axes: [
      { ...axis, size: 22, gap: 2 },
      {
        ...axis,
        size: 42,
        gap: 4,
        space: 28,
        values: (_, ticks) => ticks.map((tick) => (asPercent ? `${Math.round(tick * 100)} %` : String(tick))),
      },
    ],
  };
}

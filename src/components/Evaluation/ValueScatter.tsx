/** The canvas with predicted against true numbers; its words are for those who cannot see it, the tables below for all. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { readCanvasTheme } from '../palette/canvasTheme.ts';
import { useCanvasSize } from '../palette/useCanvasSize.ts';
import type { Size } from '../palette/viewport.ts';
import classes from './Evaluation.module.css';
import { paintScatter } from './scatterPainter.ts';
import type { ValuePoints } from './valueErrors.ts';

interface ValueScatterProps {
  readonly points: ValuePoints;
  readonly label: string;
}

interface Surface {
  readonly size: Size;
  readonly dpr: number;
}

export function ValueScatter({ points, label }: ValueScatterProps) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const [host, setHost] = useState<HTMLDivElement | null>(null);
  const [surface, setSurface] = useState<Surface | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const target = useMemo(() => ({ set: setSurface }), []);
  useCanvasSize(host, target, ({ set }, size, dpr) => set({ size, dpr }));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (host === null || surface === null || context == null) return;
    const { size, dpr } = surface;
    context.canvas.width = Math.round(size.width * dpr);
    context.canvas.height = Math.round(size.height * dpr);
    const colour = getComputedStyle(host).getPropertyValue('--gw-series-train').trim() || '#0072b2';
    paintScatter(context, { points, size, dpr, theme: readCanvasTheme(host, isDark), colour });
  }, [host, surface, points, isDark]);
  return (
    <div ref={setHost} className={classes.scatter} role="img" aria-label={label}>
      <canvas ref={canvas} className={classes.scatterCanvas} />
    </div>
  );
}

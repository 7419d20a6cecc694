/**
 * The legend of an exported picture as drawing instructions in CSS px, which canvas and SVG carry out alike: a panel in
 * the lower left corner with a heading and entries per section. Pure.
 */
import type { CanvasTheme } from '../palette/canvasTheme.ts';
import { widthAt } from '../palette/edgeMarks.ts';
import type { LegendModel } from '../palette/legendModel.ts';
import type { Shape } from '../palette/shapes.ts';
import type { Size } from '../palette/viewport.ts';

export type Instruction =
  | {
      readonly kind: 'panel';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly stroke: string;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly fill: string;
      readonly isBold: boolean;
      readonly anchor: 'start' | 'middle' | 'end';
    }
  | {
      readonly kind: 'mark';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly shape: Shape;
      readonly css: string;
    }
  | {
      readonly kind: 'line';
      readonly x: number;
      readonly y: number;
      readonly length: number;
      readonly width: number;
      readonly css: string;
    }
  | {
      readonly kind: 'ramp';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly css: readonly string[];
    };

/** Width of a text in the legend's font, CSS px. */
export type WidthOf = (text: string, isBold: boolean) => number;

export const LEGEND_FONT_PX = 12;
export const MARGIN_PX = 16;
const PADDING_PX = 10;
const LINE_PX = 18;
const GAP_PX = 6;
const SWATCH_PX = 18;
const RAMP_PX = 150;
const STEP_GAP_PX = 12;
const MAX_RADIUS = 7;
const MIN_RADIUS = 2;
/** Longer texts are cut, so that the panel stays a panel. */
const MAX_TEXT = 40;

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text);

interface Section {
  readonly width: number;
  readonly height: number;
  /** Draws with the upper left corner of the section at (x, y). */
  draw(x: number, y: number): Instruction[];
}

const saysSomething = (model: LegendModel): boolean => model.kind !== 'empty';

/** Returns what to draw, the panel first; nothing when no section says anything. */
export function sceneLegend(
  models: readonly LegendModel[],
  size: Size,
  theme: CanvasTheme,
  widthOf: WidthOf,
): readonly Instruction[] {
  const sections = models.filter(saysSomething).map((model) => layOut(model, theme, widthOf));
  if (sections.length === 0) return [];
  const width = Math.max(...sections.map((section) => section.width)) + 2 * PADDING_PX;
  const inner = sections.reduce((sum, { height }) => sum + height, GAP_PX * (sections.length - 1));
  const height = inner + 2 * PADDING_PX;
  const x = MARGIN_PX;
  const top = Math.max(0, size.height - MARGIN_PX - height);
  const instructions: Instruction[] = [
    { kind: 'panel', x, y: top, width, height, fill: theme.background, stroke: theme.muted },
  ];
  let y = top + PADDING_PX;
  for (const section of sections) {
    instructions.push(...section.draw(x + PADDING_PX, y));
    y += section.height + GAP_PX;
  }
  return instructions;
}

function layOut(model: LegendModel, theme: CanvasTheme, widthOf: WidthOf): Section {
  const title = cut(model.title);
  const body = bodyOf(model, theme, widthOf);
  return {
    width: Math.max(widthOf(title, true), body.width),
    height: LINE_PX + body.height,
    draw: (x, y) => [textAt(x, y, title, theme.text, true), ...body.draw(x, y + LINE_PX)],
  };
}

/** One line of text whose line box starts at y. */
const textAt = (
  x: number,
  y: number,
  text: string,
  fill: string,
  isBold = false,
  anchor: 'start' | 'middle' | 'end' = 'start',
): Instruction => ({ kind: 'text', x, y: y + LINE_PX / 2, text, fill, isBold, anchor });

function bodyOf(model: LegendModel, theme: CanvasTheme, widthOf: WidthOf): Section {
  switch (model.kind) {
    case 'marks':
      return marksBody(model, theme, widthOf);
    case 'ramp':
      return rampBody(model, theme, widthOf);
    case 'magnitudes':
      return magnitudesBody(model, theme, widthOf);
    case 'empty':
      return { width: 0, height: 0, draw: () => [] };
    default:
      return model satisfies never;
  }
}

type Of<Kind extends LegendModel['kind']> = Extract<LegendModel, { kind: Kind }>;

function marksBody({ items }: Of<'marks'>, theme: CanvasTheme, widthOf: WidthOf): Section {
  const textOf = ({ label, count }: (typeof items)[number]): string =>
    count === null ? cut(label) : `${cut(label)}  ${count.toLocaleString('en')}`;
  return {
    width: SWATCH_PX + Math.max(0, ...items.map((item) => widthOf(textOf(item), false))),
    height: items.length * LINE_PX,
    draw: (x, y) =>
      items.flatMap((item, at) => {
        const top = y + at * LINE_PX;
        const middle = top + LINE_PX / 2;
        const swatch: Instruction =
          item.shape === 'line'
            ? { kind: 'line', x, y: middle, length: 12, width: 2.5, css: item.css }
            : { kind: 'mark', x: x + 6, y: middle, radius: 4.5, shape: item.shape, css: item.css };
        return [swatch, textAt(x + SWATCH_PX, top, textOf(item), theme.text)];
      }),
  };
}

function rampBody(model: Of<'ramp'>, theme: CanvasTheme, widthOf: WidthOf): Section {
  const middle = model.ticks.find(({ ratio }) => ratio > 0.35 && ratio < 0.65);
  const hasNote = model.note !== '';
  return {
    width: Math.max(RAMP_PX, hasNote ? widthOf(model.note, false) : 0),
    height: LINE_PX * (hasNote ? 2 : 1) + 12,
    draw: (x, y) => [
      { kind: 'ramp', x, y: y + 2, width: RAMP_PX, height: 8, css: model.css },
      textAt(x, y + 12, model.from, theme.text),
      ...(middle === undefined
        ? []
        : [textAt(x + RAMP_PX * middle.ratio, y + 12, middle.label, theme.text, false, 'middle')]),
      textAt(x + RAMP_PX, y + 12, model.to, theme.text, false, 'end'),
      ...(hasNote ? [textAt(x, y + 12 + LINE_PX, model.note, theme.muted)] : []),
    ],
  };
}

function magnitudesBody(model: Of<'magnitudes'>, theme: CanvasTheme, widthOf: WidthOf): Section {
  const widths = model.steps.map(({ label }) => SWATCH_PX + widthOf(label, false) + STEP_GAP_PX);
  return {
    width: widths.reduce((sum, width) => sum + width, 0),
    height: LINE_PX,
    draw: (x, y) => {
      let left = x;
      return model.steps.flatMap(({ share, label }, at) => {
        const middle = y + LINE_PX / 2;
        const radius = MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * Math.sqrt(share);
        const swatch: Instruction =
          model.mark === 'disc'
            ? { kind: 'mark', x: left + 7, y: middle, radius, shape: 0, css: theme.muted }
            : { kind: 'line', x: left, y: middle, length: 14, width: widthAt(share), css: theme.muted };
        const text = textAt(left + SWATCH_PX, y, label, theme.text);
        left += widths[at] as number;
        return [swatch, text];
      });
    },
  };
}

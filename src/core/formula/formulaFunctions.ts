/** The functions a formula may call, as data: menus and help are derived from the list. */
import { parseDate, parseNumber } from '../schema/cellText.ts';
import { displayText, numberAt, type RowFunction, textAt, type ValueType } from './formulaValues.ts';

export interface FormulaFunction {
  /** As written in a formula; any case is accepted. */
  readonly name: string;
  readonly summary: string;
  /** Types of the inputs; `any` takes every type. */
  readonly inputs: readonly (ValueType | 'any')[];
  /** Inputs that must be given; absent = all. */
  readonly numRequired?: number;
  /** The last input may be repeated. */
  readonly repeats?: boolean;
  readonly result: ValueType;
  /** Receives the types of the inputs given, returns the function of a row in which none is missing. */
  compute(types: readonly ValueType[]): RowFunction;
}

const DAY_MS = 86_400_000;

function ofNumber(name: string, summary: string, apply: (value: number) => number): FormulaFunction {
  const compute: RowFunction = (inputs, row) => apply(numberAt(inputs, 0, row));
  return { name, summary, inputs: ['number'], result: 'number', compute: () => compute };
}

function extreme(name: string, summary: string, apply: (a: number, b: number) => number): FormulaFunction {
  const compute: RowFunction = (inputs, row) => {
    let best = numberAt(inputs, 0, row);
    for (let index = 1; index < inputs.length; index++) best = apply(best, numberAt(inputs, index, row));
    return best;
  };
  return { name, summary, inputs: ['number'], repeats: true, result: 'number', compute: () => compute };
}

function ofText(name: string, summary: string, apply: (text: string) => string): FormulaFunction {
  const compute: RowFunction = (inputs, row) => apply(textAt(inputs, 0, row));
  return { name, summary, inputs: ['text'], result: 'text', compute: () => compute };
}

function textTest(
  name: string,
  summary: string,
  test: (text: string, part: string) => boolean,
): FormulaFunction {
  const compute: RowFunction = (inputs, row) =>
    test(textAt(inputs, 0, row), textAt(inputs, 1, row)) ? 1 : 0;
  return { name, summary, inputs: ['text', 'text'], result: 'boolean', compute: () => compute };
}

function datePart(name: string, summary: string, part: (date: Date) => number): FormulaFunction {
  const compute: RowFunction = (inputs, row) => part(new Date(numberAt(inputs, 0, row)));
  return { name, summary, inputs: ['date'], result: 'number', compute: () => compute };
}

/** Rounds half up to so many decimals; the power of ten is limited to what float64 tells apart. */
const round: RowFunction = (inputs, row) => {
  const value = numberAt(inputs, 0, row);
  const digits = inputs.length > 1 ? Math.trunc(numberAt(inputs, 1, row)) : 0;
  if (digits > 15) return value;
  const scale = 10 ** Math.max(-308, digits);
  const scaled = value * scale;
  // Above 2^53 there are no decimals to round.
  return Math.abs(scaled) < 2 ** 53 ? Math.round(scaled) / scale : value;
};

const concat = (types: readonly ValueType[]): RowFunction => {
  return (inputs, row) =>
    inputs
      .map((values, index) => displayText(types[index] as ValueType, values[row] as number | string))
      .join('');
};

/** Characters as people count code points, not UTF-16 units. */
function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

export const FORMULA_FUNCTIONS: readonly FormulaFunction[] = [
  ofNumber('abs', 'Size of a number without its sign.', Math.abs),
  ofNumber('sqrt', 'Square root; missing for negative numbers.', Math.sqrt),
  ofNumber('exp', 'e to the power of a number.', Math.exp),
  ofNumber('log', 'Natural logarithm; missing for 0 and below.', Math.log),
  ofNumber('log10', 'Logarithm to base 10; missing for 0 and below.', Math.log10),
  ofNumber('floor', 'Next whole number below.', Math.floor),
  ofNumber('ceil', 'Next whole number above.', Math.ceil),
  ofNumber('sign', '-1, 0 or 1.', Math.sign),
  {
    name: 'round',
    summary: 'Rounds to a whole number, or to the given number of decimals; halves go up.',
    inputs: ['number', 'number'],
    numRequired: 1,
    result: 'number',
    compute: () => round,
  },
  extreme('min', 'Smallest of the numbers.', Math.min),
  extreme('max', 'Largest of the numbers.', Math.max),
  ofText('lower', 'Text in lower case.', (text) => text.toLowerCase()),
  ofText('upper', 'Text in upper case.', (text) => text.toUpperCase()),
  ofText('trim', 'Text without spaces around it.', (text) => text.trim()),
  {
    name: 'length',
    summary: 'Number of characters of a text.',
    inputs: ['text'],
    result: 'number',
    compute: () => (inputs, row) => countCharacters(textAt(inputs, 0, row)),
  },
  textTest('contains', 'True when the first text contains the second.', (text, part) => text.includes(part)),
  textTest('startsWith', 'True when the first text begins with the second.', (text, part) =>
    text.startsWith(part),
  ),
  textTest('endsWith', 'True when the first text ends with the second.', (text, part) => text.endsWith(part)),
  {
    name: 'concat',
    summary: 'All values written one after another.',
    inputs: ['any'],
    repeats: true,
    result: 'text',
    compute: concat,
  },
  { name: 'text', summary: 'A value as text.', inputs: ['any'], result: 'text', compute: concat },
  {
    name: 'number',
    summary: 'The number a text is; missing when it is none.',
    inputs: ['text'],
    result: 'number',
    compute: () => (inputs, row) => parseNumber(textAt(inputs, 0, row)),
  },
  {
    name: 'date',
    summary: 'The ISO 8601 date a text is, such as 2024-02-29; missing when it is none.',
    inputs: ['text'],
    result: 'date',
    compute: () => (inputs, row) => parseDate(textAt(inputs, 0, row)),
  },
  datePart('year', 'Year of a date (UTC, as all parts).', (date) => date.getUTCFullYear()),
  datePart('month', 'Month of a date, 1 to 12.', (date) => date.getUTCMonth() + 1),
  datePart('day', 'Day of the month, 1 to 31.', (date) => date.getUTCDate()),
  datePart(
    'weekday',
    'Day of the week, 1 = Monday to 7 = Sunday.',
    (date) => ((date.getUTCDay() + 6) % 7) + 1,
  ),
  datePart('hour', 'Hour of the day, 0 to 23.', (date) => date.getUTCHours()),
  {
    name: 'daysBetween',
    summary: 'Days from the first date to the second, with fractions.',
    inputs: ['date', 'date'],
    result: 'number',
    compute: () => (inputs, row) => (numberAt(inputs, 1, row) - numberAt(inputs, 0, row)) / DAY_MS,
  },
];

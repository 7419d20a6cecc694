/** Functions that look at missing values themselves: if, coalesce, isMissing. */
import { type Block, emptyBlock, type Evaluator, setRow, type ValueType } from './formulaValues.ts';

export interface SpecialForm {
  readonly name: string;
  readonly summary: string;
  readonly numRequired: number;
  readonly repeats: boolean;
  /** @param requireType throws when the input of that index is of another type */
  compile(inputs: readonly Evaluator[], requireType: (index: number, type: ValueType) => void): Evaluator;
}

function copyRow(from: Block, out: Block, row: number): void {
  if (from.missing[row] === 1) out.missing[row] = 1;
  else setRow(out, row, from.values[row] as number | string);
}

const ifForm: SpecialForm = {
  name: 'if',
  summary:
    'The second value where the first is true, the third where it is false; missing where it is missing.',
  numRequired: 3,
  repeats: false,
  compile(inputs, requireType) {
    const [condition, whenTrue, whenFalse] = inputs as readonly [Evaluator, Evaluator, Evaluator];
    requireType(0, 'boolean');
    requireType(2, whenTrue.type);
    return {
      type: whenTrue.type,
      evaluate(start, count) {
        const chosen = condition.evaluate(start, count);
        const a = whenTrue.evaluate(start, count);
        const b = whenFalse.evaluate(start, count);
        const out = emptyBlock(whenTrue.type, count);
        for (let row = 0; row < count; row++) {
          if (chosen.missing[row] === 1) out.missing[row] = 1;
          else copyRow(chosen.values[row] === 1 ? a : b, out, row);
        }
        return out;
      },
    };
  },
};

const coalesceForm: SpecialForm = {
  name: 'coalesce',
  summary: 'The first of the values that is not missing.',
  numRequired: 1,
  repeats: true,
  compile(inputs, requireType) {
    const { type } = inputs[0] as Evaluator;
    inputs.forEach((_, index) => requireType(index, type));
    return {
      type,
      evaluate(start, count) {
        const out = emptyBlock(type, count);
        const blocks = inputs.map((input) => input.evaluate(start, count));
        for (let row = 0; row < count; row++) {
          const present = blocks.find((block) => block.missing[row] === 0);
          if (present === undefined) out.missing[row] = 1;
          else copyRow(present, out, row);
        }
        return out;
      },
    };
  },
};

const isMissingForm: SpecialForm = {
  name: 'isMissing',
  summary: 'True where the value is missing.',
  numRequired: 1,
  repeats: false,
  compile([input]) {
    return {
      type: 'boolean',
      evaluate(start, count) {
        const { missing } = (input as Evaluator).evaluate(start, count);
        return { values: Float64Array.from(missing), missing: new Uint8Array(count) };
      },
    };
  },
};

export const SPECIAL_FORMS: readonly SpecialForm[] = [ifForm, coalesceForm, isMissingForm];

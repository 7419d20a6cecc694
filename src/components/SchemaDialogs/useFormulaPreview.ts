/** The first results of a formula while it is typed, or what is wrong with it. Five rows: nothing a person waits for. */
import { useEffect, useState } from 'react';
import { cellText, isValid } from '../../core/columns.ts';
import { serialiseError, type SerialisedError } from '../../core/errors.ts';
import { compileFormula } from '../../core/formula/formula.ts';
import { MISSING } from '../format/formatNumber.ts';
import type { OpenTable } from './tableOf.ts';

export const PREVIEW_ROWS = 5;

export type Preview =
  | { readonly kind: 'empty' }
  | { readonly kind: 'error'; readonly error: SerialisedError }
  | {
      readonly kind: 'results';
      readonly resultType: string;
      /** Names of the columns read. */
      readonly reads: readonly string[];
      readonly results: readonly string[];
    };

const EMPTY: Preview = { kind: 'empty' };

export function useFormulaPreview(text: string, { columns, numRows }: OpenTable): Preview {
  const [preview, setPreview] = useState<{ text: string; value: Preview }>({ text: '', value: EMPTY });
  useEffect(() => {
    let isCurrent = true;
    void previewOf(text, columns, Math.min(PREVIEW_ROWS, numRows)).then((value) => {
      if (isCurrent) setPreview({ text, value });
    });
    return () => {
      isCurrent = false;
    };
  }, [text, columns, numRows]);
  // What is shown belongs to what is written: until the answer is there the last one stays, but for an empty field.
  return text.trim() === '' ? EMPTY : preview.value;
}

async function previewOf(text: string, columns: OpenTable['columns'], rows: number): Promise<Preview> {
  if (text.trim() === '') return EMPTY;
  try {
    const formula = compileFormula(text, columns, rows);
    const column = await formula.evaluate('preview');
    const results = Array.from({ length: rows }, (_, row) =>
      isValid(column, row) ? cellText(column, row) : MISSING,
    );
    return { kind: 'results', resultType: formula.resultType, reads: formula.columnsRead, results };
  } catch (error) {
    return { kind: 'error', error: serialiseError(error) };
  }
}

/**
 * The header of a UCINET DL file, up to `data:`. Its parts come in any order, on one line or several:
 * `dl n=5 nm=2 format=edgelist1`, `labels:`, `row labels:`, `col labels:`, `matrix labels:`, `labels embedded`.
 */
import { splitWords } from '../records/quotedWords.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';

const FORMATS = [
  'fullmatrix',
  'upperhalf',
  'lowerhalf',
  'edgelist1',
  'edgelist2',
  'nodelist1',
  'nodelist2',
] as const;
export type DlFormat = (typeof FORMATS)[number];

const SHORT_NAMES: ReadonlyMap<string, DlFormat> = new Map([
  ['fm', 'fullmatrix'],
  ['uh', 'upperhalf'],
  ['lh', 'lowerhalf'],
  ['el1', 'edgelist1'],
  ['el2', 'edgelist2'],
  ['nl1', 'nodelist1'],
  ['nl2', 'nodelist2'],
]);

const MAX_MATRICES = 10_000;

type LabelList = 'row' | 'column' | 'both' | 'matrix';

export interface DlHeader {
  readonly format: DlFormat;
  readonly numRows: number;
  readonly numColumns: number;
  readonly numMatrices: number;
  /** Rows and columns are different nodes. */
  readonly isTwoMode: boolean;
  readonly hasDiagonal: boolean;
  readonly embedsRows: boolean;
  readonly embedsColumns: boolean;
  /** In one-mode files the labels of all nodes. */
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  readonly matrixLabels: readonly string[];
}

const LABELS = /^(?:(row|col(?:umn)?|matrix|level)\s+)?labels?\s*(embedded\b\s*:?|:)/i;
const DATA = /^data\s*:/i;
const SETTING = /^(n|nr|nc|nm|format|diagonal)\s*(?:=\s*|\s+)("?)(\w+)\2/i;
/** Within labels a setting counts with its = only: 'N' may be somebody's name. */
const CLEAR_SETTING = /^(?:n|nr|nc|nm|format|diagonal)\s*=/i;

export class DlHeaderReader {
  readonly #file: string;
  readonly #settings = new Map<string, string>();
  readonly #labels: Record<LabelList, string[]> = { row: [], column: [], both: [], matrix: [] };
  #embedsRows = false;
  #embedsColumns = false;
  /** The list that following words belong to. */
  #open: LabelList | null = null;
  #isFirst = true;

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Takes one line. @returns what stands behind `data:`, or null before it.
   * @throws {ParseError} no DL file, an unknown part
   */
  take(text: string, line: number): string | null {
    let rest = text.replace(/^[\s,;]+/, '');
    if (this.#isFirst && rest !== '') rest = this.#takeOpening(rest, line);
    while (rest !== '') {
      const data = DATA.exec(rest);
      if (data !== null) return rest.slice(data[0].length);
      const labels = LABELS.exec(rest);
      const length = labels === null ? this.#takeOther(rest, line) : this.#openLabels(labels);
      rest = rest.slice(length).replace(/^[\s,;]+/, '');
    }
    return null;
  }

  /** Returns what the header says. @throws {ParseError} no size, an unknown format */
  finish(line: number): DlHeader {
    const n = this.#count('n', line);
    const [rows, columns] = [this.#count('nr', line) ?? n, this.#count('nc', line) ?? n];
    if (rows === null || columns === null)
      failSyntax(
        this.#file,
        line,
        'the header does not say how many nodes there are.',
        'Begin with `dl n=5`.',
        'no-size',
      );
    const isTwoMode = this.#settings.has('nr') || this.#settings.has('nc');
    const { row, column, both, matrix } = this.#labels;
    const header: DlHeader = {
      format: this.#format(line),
      numRows: rows,
      numColumns: columns,
      numMatrices: this.#numMatrices(line),
      isTwoMode,
      hasDiagonal: this.#settings.get('diagonal') !== 'absent',
      embedsRows: this.#embedsRows,
      embedsColumns: this.#embedsColumns,
      rowLabels: row.length > 0 || isTwoMode ? row : both.length > 0 ? both : column,
      columnLabels: column,
      matrixLabels: matrix,
    };
    this.#assertLabels(header, line);
    return header;
  }

  #takeOpening(text: string, line: number): string {
    this.#isFirst = false;
    if (!/^dl\b/i.test(text))
      failSyntax(
        this.#file,
        line,
        "the file does not begin with 'dl'.",
        'Check that the file is UCINET DL.',
        'no-dl',
      );
    return text.slice(2).replace(/^[\s,;]+/, '');
  }

  #openLabels(match: RegExpExecArray): number {
    const which = (match[1] ?? '').toLowerCase();
    const isEmbedded = match[2]?.toLowerCase().startsWith('embedded') === true;
    if (!isEmbedded) {
      const lists = {
        row: 'row',
        col: 'column',
        column: 'column',
        matrix: 'matrix',
        level: 'matrix',
        '': 'both',
      } as const;
      this.#open = lists[which as keyof typeof lists];
      return match[0].length;
    }
    this.#open = null;
    if (which === '' || which === 'row') this.#embedsRows = true;
    if (which === '' || which.startsWith('col')) this.#embedsColumns = true;
    return match[0].length;
  }

  /** A setting, or labels up to the end of the line. @returns characters taken */
  #takeOther(rest: string, line: number): number {
    const setting = this.#open === null || CLEAR_SETTING.test(rest) ? SETTING.exec(rest) : null;
    if (setting !== null) {
      this.#open = null;
      this.#settings.set((setting[1] as string).toLowerCase(), (setting[3] as string).toLowerCase());
      return setting[0].length;
    }
    if (this.#open === null)
      failSyntax(
        this.#file,
        line,
        `${shown(rest)} is no part of a DL header.`,
        'Write for example `n=5`, `labels:` or `data:`.',
      );
    // `labels: a,b,c data:` on one line.
    const end = /(?<=[\s,])data\s*:/i.exec(rest)?.index ?? rest.length;
    for (const { text } of splitWords(rest.slice(0, end), this.#file, line, true))
      this.#labels[this.#open].push(text);
    return end;
  }

  #count(name: string, line: number): number | null {
    const text = this.#settings.get(name);
    if (text === undefined) return null;
    if (!/^\d{1,15}$/.test(text))
      failSyntax(
        this.#file,
        line,
        `${name} is ${shown(text)} instead of a number.`,
        `Write for example ${name}=5.`,
      );
    return Number(text);
  }

  #numMatrices(line: number): number {
    const count = this.#count('nm', line) ?? 1;
    if (count > MAX_MATRICES)
      failSyntax(
        this.#file,
        line,
        `nm is more than ${MAX_MATRICES.toLocaleString('en-US')}.`,
        'Check nm in the header.',
      );
    return count;
  }

  #format(line: number): DlFormat {
    const text = this.#settings.get('format') ?? 'fullmatrix';
    const format = SHORT_NAMES.get(text) ?? FORMATS.find((name) => name === text);
    if (format !== undefined) return format;
    return failSyntax(
      this.#file,
      line,
      `the format ${shown(text)} is not read.`,
      `Save the file as one of: ${FORMATS.join(', ')}.`,
      'unknown-dl-format',
    );
  }

  #assertLabels(header: DlHeader, line: number): void {
    const lists = [
      [header.rowLabels, header.numRows],
      [header.columnLabels, header.numColumns],
    ] as const;
    for (const [labels, size] of lists) {
      if (labels.length > size)
        failSyntax(
          this.#file,
          line,
          `there are ${labels.length} labels for ${size} nodes.`,
          'Put labels that hold blanks into quotes.',
          'too-many-labels',
        );
      const known = new Set<string>();
      for (const label of labels) {
        if (known.has(label))
          failSyntax(
            this.#file,
            line,
            `the label ${shown(label)} occurs twice.`,
            'Give every node its own label.',
            'repeated-label',
          );
        known.add(label);
      }
    }
  }
}

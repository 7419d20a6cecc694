/**
 * The data of a DL file: matrices as a stream of numbers, whatever lines they stand on, and lists of edges or neighbours
 * by line. Matrices and lists of one mode are directed, halves of matrices and two modes undirected. What is not zero is
 * an edge with the value as its weight; several matrices become relations.
 */
import type { Pacer } from '../bytes/eventLoop.ts';
import { isNumberWord, splitWords, type Word } from '../records/quotedWords.ts';
import type { RecordSink } from '../records/recordTypes.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';
import type { DlHeader } from './dlHeader.ts';
import { DlNodes, type Side } from './dlNodes.ts';

export class DlData {
  readonly #file: string;
  readonly #header: DlHeader;
  readonly #sink: RecordSink;
  readonly #nodes: DlNodes;
  readonly #pacer: Pacer;
  readonly #isMatrix: boolean;
  #matrix = 0;
  /** Row and column of the next value of a matrix. */
  #row = 0;
  #column = 0;
  #hasRowLabel = false;
  /** Embedded labels of columns that were read. */
  #numColumnLabels = 0;
  /** Row of the matrix that each line of it belongs to, where rows name themselves. */
  #source = 0;

  constructor(file: string, header: DlHeader, sink: RecordSink, pacer: Pacer) {
    this.#file = file;
    this.#header = header;
    this.#sink = sink;
    this.#pacer = pacer;
    this.#nodes = new DlNodes(file, header, sink);
    this.#isMatrix = /matrix|half/.test(header.format);
    const isHalf = header.format.endsWith('half');
    sink.setDirected(!isHalf && !header.isTwoMode);
    sink.declare('edges', 'weight', 'number');
  }

  /** Hands over the nodes that are known before the data. @throws {ParseError} labels embedded in a way that is not read */
  async begin(line: number): Promise<void> {
    const { isTwoMode, embedsRows, embedsColumns } = this.#header;
    if (this.#isMatrix && (embedsRows || embedsColumns)) this.#assertReadable(line);
    const areRowsOpen = this.#isMatrix && !isTwoMode ? embedsColumns : this.#isLabelled('row');
    await this.#nodes.handOver('row', areRowsOpen, this.#pacer);
    if (isTwoMode) await this.#nodes.handOver('column', embedsColumns, this.#pacer);
    this.#settleRow();
  }

  #assertReadable(line: number): void {
    const { isTwoMode, embedsRows, embedsColumns, numMatrices, rowLabels, format } = this.#header;
    const isOneSided = !isTwoMode && embedsRows && !embedsColumns && rowLabels.length === 0;
    const what = isOneSided
      ? 'row labels are embedded, but the columns have none.'
      : numMatrices > 1
        ? 'labels are embedded in several matrices.'
        : format === 'fullmatrix'
          ? null
          : 'labels are embedded in half a matrix.';
    if (what !== null)
      failSyntax(
        this.#file,
        line,
        what,
        'Write the labels under `labels:` in the header.',
        'embedded-labels',
      );
  }

  /** The data name the nodes of this side by label. */
  #isLabelled(side: Side): boolean {
    const { isTwoMode, embedsRows, embedsColumns } = this.#header;
    if (!isTwoMode) return embedsRows || embedsColumns;
    return side === 'row' ? embedsRows : embedsColumns;
  }

  /** Takes one line of data. @throws {ParseError} */
  take(text: string, line: number): void {
    const words = splitWords(text, this.#file, line, true);
    if (words.length === 0) return;
    if (this.#isMatrix) for (const word of words) this.#takeCell(word, line);
    else if (words.length === 1 && words[0]?.text === '!') this.#matrix++;
    else this.#takeList(words, line);
  }

  /** Says that the file has ended. @throws {ParseError} values are missing */
  end(line: number): void {
    const { numMatrices, numRows, numColumns, isTwoMode } = this.#header;
    if (this.#isMatrix && this.#matrix < numMatrices)
      failSyntax(
        this.#file,
        line,
        `the data end in row ${this.#row + 1} of ${numRows}, before column ${this.#column + 1}.`,
        'Check n, nr and nc in the header, and that the file is whole.',
        'too-few-values',
      );
    const declared = isTwoMode ? numRows + numColumns : numRows;
    const isNamed = this.#isLabelled('row') && this.#isLabelled('column');
    if (!this.#isMatrix && isNamed && this.#nodes.numNamed !== declared) this.#noteCount(declared);
  }

  #takeCell(word: Word, line: number): void {
    const { embedsRows, embedsColumns, numColumns, numRows, numMatrices } = this.#header;
    if (embedsColumns && this.#numColumnLabels < numColumns) {
      this.#takeColumnLabel(word, line);
      return;
    }
    if (this.#matrix >= numMatrices)
      failSyntax(
        this.#file,
        line,
        `${shown(word.text)} is one value more than ${numRows} rows of ${numColumns} hold.`,
        'Check n, nr and nc in the header.',
        'too-many-values',
      );
    if (embedsRows && !this.#hasRowLabel) return this.#takeRowLabel(word, line);
    if (!isNumberWord(word.text))
      failSyntax(
        this.#file,
        line,
        `the value ${shown(word.text)} is no number.`,
        'Write 0 where there is no edge.',
        'bad-number',
      );
    if (Number(word.text) !== 0) this.#push(this.#source, this.#column, line, word.text);
    this.#column++;
    if (this.#column >= this.#rowEnd()) this.#nextRow();
  }

  #takeColumnLabel({ text }: Word, line: number): void {
    if (this.#nodes.labelled('column', text) !== this.#numColumnLabels)
      failSyntax(
        this.#file,
        line,
        `the label ${shown(text)} is not that of column ${this.#numColumnLabels + 1}.`,
        'Give every column its own label, in the order of the header.',
        'repeated-label',
      );
    this.#numColumnLabels++;
  }

  #takeRowLabel({ text }: Word, line: number): void {
    this.#hasRowLabel = true;
    this.#source = this.#header.isTwoMode
      ? this.#nodes.labelled('row', text)
      : this.#nodes.ignoringCase(text);
    if (this.#source < 0)
      failSyntax(
        this.#file,
        line,
        `the row ${shown(text)} is no column.`,
        'Give rows and columns the same labels.',
        'unknown-node',
      );
  }

  /** Goes to the next row that has cells, in the next matrix if need be: halves without diagonal have an empty one. */
  #settleRow(): void {
    const { numRows, numColumns, numMatrices } = this.#header;
    if (numRows === 0 || numColumns === 0) this.#matrix = numMatrices;
    while (this.#matrix < numMatrices && this.#rowStart() >= this.#rowEnd()) {
      this.#row++;
      if (this.#row < numRows) continue;
      this.#row = 0;
      this.#matrix++;
    }
    this.#hasRowLabel = false;
    this.#column = this.#rowStart();
    this.#source = this.#row;
  }

  #nextRow(): void {
    this.#row++;
    if (this.#row >= this.#header.numRows) {
      this.#row = 0;
      this.#matrix++;
    }
    this.#settleRow();
  }

  #rowStart(): number {
    const { format, hasDiagonal } = this.#header;
    return format === 'upperhalf' ? this.#row + (hasDiagonal ? 0 : 1) : 0;
  }

  /** Column behind the last of the current row. */
  #rowEnd(): number {
    const { format, hasDiagonal, numColumns } = this.#header;
    return format === 'lowerhalf' ? this.#row + (hasDiagonal ? 1 : 0) : numColumns;
  }

  #takeList(words: readonly Word[], line: number): void {
    const { format } = this.#header;
    const at = (side: Side, word: string): number =>
      this.#isLabelled(side) ? this.#nodes.labelled(side, word) : this.#nodes.numbered(side, word, line);
    const [first, ...others] = words as [Word, ...Word[]];
    const source = at('row', first.text);
    const headSide = this.#header.isTwoMode ? 'column' : 'row';
    if (format.startsWith('nodelist')) {
      for (const { text } of others) this.#push(source, at(headSide, text), line);
      return;
    }
    const [target, weight] = others;
    if (target === undefined || words.length > 3)
      failSyntax(
        this.#file,
        line,
        `two ends and perhaps a value are expected, not ${words.length} words.`,
        'Write `1 2 0.5`; labels that hold blanks go into quotes.',
      );
    if (weight !== undefined && !isNumberWord(weight.text))
      failSyntax(
        this.#file,
        line,
        `the value ${shown(weight.text)} is no number.`,
        'Write a decimal number.',
        'bad-number',
      );
    this.#push(source, at(headSide, target.text), line, weight?.text);
  }

  #push(source: number, target: number, line: number, weight?: string): void {
    const { isTwoMode, matrixLabels, numMatrices } = this.#header;
    const hasRelations = numMatrices > 1 || matrixLabels.length > 0;
    this.#sink.edge({
      source: this.#nodes.idOf('row', source),
      target: this.#nodes.idOf(isTwoMode ? 'column' : 'row', target),
      line,
      attributes: weight === undefined ? [] : [['weight', weight]],
      ...(hasRelations ? { relation: matrixLabels[this.#matrix] ?? String(this.#matrix + 1) } : {}),
    });
  }

  #noteCount(declared: number): void {
    this.#sink.notices.say({
      severity: 'warning',
      code: 'other-node-count',
      message: `${this.#file}: the header says ${declared} nodes, the data name ${this.#nodes.numNamed}.`,
      file: this.#file,
    });
  }
}

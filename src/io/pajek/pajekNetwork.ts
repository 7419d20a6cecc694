/**
 * The first network of a Pajek file, line by line: *Vertices, then any number of *Arcs (directed), *Edges (undirected),
 * *Arcslist, *Edgeslist and *Matrix sections, each perhaps with a relation (`*Arcs :2 "kinship"`). In two-mode networks
 * every node has the attribute `mode`, 1 or 2.
 */
import type { Pacer } from '../bytes/eventLoop.ts';
import { counted } from '../notices.ts';
import { isNumberWord, splitWords, type Word } from '../records/quotedWords.ts';
import type { AttributeEntry, RecordSink } from '../records/recordTypes.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';
import type { PajekPartition } from './pajekPartitions.ts';
import { noteLone, PajekVertices } from './pajekVertices.ts';
import {
  EDGE_PARAMETERS,
  isSilent,
  parametersOf,
  sectionHeader,
  type SectionHeader,
  unquoted,
} from './pajekWords.ts';

const LINE_SECTIONS = ['arcs', 'edges', 'arcslist', 'edgeslist', 'matrix'] as const;
type LineSection = (typeof LINE_SECTIONS)[number];

export interface PajekOptions {
  readonly file: string;
  readonly maxNodes: number;
  readonly partitions: readonly PajekPartition[];
  readonly pacer: Pacer;
}

export class PajekNetwork {
  readonly #options: PajekOptions;
  readonly #sink: RecordSink;
  /** `skip`: another object of a project, or text before the first section. */
  #section: LineSection | 'vertices' | 'skip' = 'skip';
  /** A network, partition or the like was opened that is not read. */
  #isElsewhere = false;
  #vertices: PajekVertices | null = null;
  #isHandedOver = false;
  #relation: string | undefined;
  /** Names of relations by their numbers in the file. */
  readonly #relationNames = new Map<string, string>();
  #matrixRow = 0;

  constructor(sink: RecordSink, options: PajekOptions) {
    this.#sink = sink;
    this.#options = options;
  }

  /** Takes one line; a promise while vertices are handed over. @throws {ParseError | LimitError} */
  take(text: string, line: number): Promise<void> | null {
    if (isSilent(text)) return null;
    const header = sectionHeader(text);
    if (header !== null) return this.#takeHeader(header, line);
    if (this.#section === 'skip' || this.#vertices === null) return null;
    if (this.#section === 'vertices') this.#vertices.take(text, line, this.#sink);
    else this.#takeLine(this.#section, this.#vertices, text, line);
    return null;
  }

  /** Says that the file has ended. @throws {ParseError} no *Vertices, rows of a matrix missing */
  async end(line: number): Promise<void> {
    this.#endMatrix(line);
    if (this.#vertices === null)
      failSyntax(
        this.#options.file,
        line,
        "there is no '*Vertices'.",
        'Begin the network with `*Vertices 10`.',
        'no-vertices',
      );
    await this.#handOver();
  }

  #takeHeader(header: SectionHeader, line: number): Promise<void> | null {
    const { name, rest } = header;
    this.#endMatrix(line);
    this.#section = 'skip';
    if (name === 'network') this.#openNetwork(unquoted(rest), line);
    else if (name === 'vertices') this.#openVertices(rest, line);
    else if (isLineSection(name)) return this.#openLines(name, rest, line);
    else this.#isElsewhere = true;
    return null;
  }

  #openNetwork(name: string, line: number): void {
    this.#isElsewhere = this.#vertices !== null;
    if (this.#isElsewhere) this.#noteFurther(name, line);
    else this.#sink.setName(name);
  }

  #openVertices(counts: string, line: number): void {
    if (this.#isElsewhere) return;
    if (this.#vertices !== null) {
      this.#isElsewhere = true;
      return this.#noteFurther('', line);
    }
    this.#vertices = new PajekVertices(this.#options.file, line, counts, this.#options.maxNodes);
    this.#section = 'vertices';
  }

  #openLines(section: LineSection, rest: string, line: number): Promise<void> | null {
    if (this.#isElsewhere) return null;
    if (this.#vertices === null)
      failSyntax(
        this.#options.file,
        line,
        `'*${section}' stands before '*Vertices'.`,
        'Begin with `*Vertices 10`.',
        'no-vertices',
      );
    this.#section = section;
    this.#matrixRow = 0;
    const relation = /^:\s*(\d+)\s*(.*)$/.exec(rest);
    this.#relation =
      relation === null ? undefined : unquoted(relation[2] as string) || (relation[1] as string);
    if (relation !== null) this.#relationNames.set(relation[1] as string, this.#relation as string);
    return this.#handOver();
  }

  #handOver(): Promise<void> | null {
    if (this.#isHandedOver || this.#vertices === null) return null;
    this.#isHandedOver = true;
    return this.#vertices.handOver(this.#sink, this.#options.partitions, this.#options.pacer);
  }

  #takeLine(section: LineSection, vertices: PajekVertices, text: string, line: number): void {
    const words = splitWords(text, this.#options.file, line);
    if (section === 'matrix') this.#takeMatrixRow(vertices, words, line);
    else if (section === 'arcs' || section === 'edges')
      this.#takePair(section === 'arcs', vertices, words, line);
    else {
      const source = vertices.numberOf(words[0], line);
      for (let at = 1; at < words.length; at++)
        this.#push(section === 'arcslist', source, vertices.numberOf(words[at], line), [], line);
    }
  }

  /** `source target [value] [parameters]`, perhaps with the number of a relation in front: `2: 1 5`. */
  #takePair(directed: boolean, vertices: PajekVertices, given: readonly Word[], line: number): void {
    const prefix = /^(\d+):$/.exec(given[0]?.text ?? '')?.[1];
    const words = prefix === undefined ? given : given.slice(1);
    const [source, target] = [vertices.numberOf(words[0], line), vertices.numberOf(words[1], line)];
    const value = words[2];
    const hasValue = value !== undefined && !value.isQuoted && isNumberWord(value.text);
    const { file } = this.#options;
    const parameters = parametersOf(words.slice(hasValue ? 3 : 2), EDGE_PARAMETERS, (name) =>
      noteLone(this.#sink, file, name, line),
    );
    const attributes: AttributeEntry[] = hasValue ? [['weight', value.text], ...parameters] : parameters;
    const relation = prefix === undefined ? this.#relation : (this.#relationNames.get(prefix) ?? prefix);
    this.#push(directed, source, target, attributes, line, relation);
  }

  #takeMatrixRow(vertices: PajekVertices, words: readonly Word[], line: number): void {
    const { numVertices, numFirst } = vertices;
    const numColumns = numVertices - numFirst;
    const row = ++this.#matrixRow;
    if (row > (numFirst || numVertices))
      failSyntax(
        this.#options.file,
        line,
        `the matrix has more than ${numFirst || numVertices} rows.`,
        MATRIX_REMEDY,
        'ragged-row',
      );
    if (words.length !== numColumns)
      failSyntax(
        this.#options.file,
        line,
        `row ${row} of the matrix has ${words.length} values instead of ${numColumns}.`,
        MATRIX_REMEDY,
        'ragged-row',
      );
    words.forEach(({ text }, column) => {
      if (!isNumberWord(text))
        failSyntax(
          this.#options.file,
          line,
          `the value ${shown(text)} of the matrix is no number.`,
          'Write a decimal number.',
          'bad-number',
        );
      if (Number(text) !== 0)
        this.#push(numFirst === 0, row, numFirst + column + 1, [['weight', text]], line, this.#relation);
    });
  }

  #endMatrix(line: number): void {
    if (this.#section !== 'matrix' || this.#vertices === null) return;
    const expected = this.#vertices.numFirst || this.#vertices.numVertices;
    if (this.#matrixRow < expected)
      failSyntax(
        this.#options.file,
        line,
        `the matrix ends after ${this.#matrixRow} of ${expected} rows.`,
        MATRIX_REMEDY,
        'ragged-row',
      );
  }

  #push(
    directed: boolean,
    source: number,
    target: number,
    attributes: readonly AttributeEntry[],
    line: number,
    relation: string | undefined = this.#relation,
  ): void {
    const vertices = this.#vertices as PajekVertices;
    this.#sink.edge({
      source: vertices.idOf(source),
      target: vertices.idOf(target),
      directed,
      line,
      attributes,
      ...(relation === undefined ? {} : { relation }),
    });
  }

  #noteFurther(name: string, line: number): void {
    const { file } = this.#options;
    this.#sink.notices.add(
      {
        severity: 'warning',
        code: 'further-graphs',
        file,
        words: (count) => `${file}: ${counted(count, 'further network')} left out; the first is read.`,
      },
      line,
      () => name || 'network',
    );
  }
}

const MATRIX_REMEDY = 'Write one line per row, with one value per column.';

const isLineSection = (name: string): name is LineSection =>
  (LINE_SECTIONS as readonly string[]).includes(name);

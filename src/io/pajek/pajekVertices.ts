/**
 * The vertices of a Pajek network, kept until all are known: only then is it clear whether their labels can be ids.
 * Labels are the ids when every vertex has one and no two are alike; the number is then the attribute `number`. Else the
 * numbers are the ids and `label` is an attribute.
 */
import { LimitError } from '../../core/errors.ts';
import type { Pacer } from '../bytes/eventLoop.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import { decodeEntities } from '../gml/entities.ts';
import { counted } from '../notices.ts';
import { splitWords, type Word } from '../records/quotedWords.ts';
import type { AttributeEntry, RecordSink } from '../records/recordTypes.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';
import { createIdInterner } from '../tables/idInterner.ts';
import type { PajekPartition } from './pajekPartitions.ts';
import { nodeAttributes } from './pajekWords.ts';

const NODES_PER_BREATH = 1024;

export class PajekVertices {
  readonly numVertices: number;
  /** Vertices of the first mode of a two-mode network; 0 = one mode. */
  readonly numFirst: number;
  readonly #file: string;
  /** Position of each vertex line by vertex number, -1 = none. */
  readonly #rowOf: Int32Array;
  readonly #texts: string[] = [];
  readonly #labels: string[] = [];
  readonly #lines = new GrowableInt32();
  #hasLabelIds = false;

  /** @param counts what follows *Vertices: '10', or '10 4' for two modes */
  constructor(file: string, line: number, counts: string, maxNodes: number) {
    const match = /^(\d+)(?:\s+(\d+))?\s*$/.exec(counts);
    if (match === null)
      failSyntax(
        file,
        line,
        `'*Vertices' is followed by ${shown(counts)}.`,
        'Write `*Vertices 10`: how many there are.',
      );
    this.#file = file;
    this.numVertices = Number(match[1]);
    this.numFirst = Number(match[2] ?? 0);
    if (this.numVertices > maxNodes) failCount(file, line, maxNodes);
    if (this.numFirst > this.numVertices)
      failSyntax(
        file,
        line,
        `the first mode has ${this.numFirst} of ${this.numVertices} vertices.`,
        'Write the number of all vertices first.',
      );
    this.#rowOf = new Int32Array(this.numVertices + 1).fill(-1);
  }

  /** Takes one line of the section. @throws {ParseError} no number, one out of range */
  take(text: string, line: number, sink: RecordSink): void {
    const words = splitWords(text, this.#file, line);
    const number = this.numberOf(words[0], line);
    if ((this.#rowOf[number] as number) >= 0) return noteRepeated(sink, this.#file, number, line);
    this.#rowOf[number] = this.#texts.length;
    this.#texts.push(text);
    this.#labels.push(decodeEntities(words[1]?.text ?? ''));
    this.#lines.push(line);
  }

  /** Returns the vertex number that a word names. @throws {ParseError} it is none of the 1 to `numVertices` */
  numberOf(word: Word | undefined, line: number): number {
    const text = word?.text ?? '';
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= 1 && number <= this.numVertices) return number;
    return failSyntax(
      this.#file,
      line,
      `${shown(text)} is no vertex number from 1 to ${this.numVertices}.`,
      'Check the number, and the count behind *Vertices.',
      'unknown-vertex',
    );
  }

  /** Id of a vertex, once `handOver` has run. */
  idOf(number: number): string {
    return this.#hasLabelIds ? (this.#labels[this.#rowOf[number] as number] as string) : String(number);
  }

  /** Hands all vertices over in the order of their numbers. @throws {LimitError} and what the sink throws */
  async handOver(sink: RecordSink, partitions: readonly PajekPartition[], pacer: Pacer): Promise<void> {
    this.#hasLabelIds = this.#areLabelsUnique();
    const isNumbered =
      this.#hasLabelIds &&
      this.#rowOf.some((row, number) => row >= 0 && this.#labels[row] !== String(number));
    for (let number = 1; number <= this.numVertices; number++) {
      const row = this.#rowOf[number] as number;
      const attributes: AttributeEntry[] = row < 0 ? [] : this.#attributesOf(row, sink);
      if (isNumbered) attributes.unshift(['number', number]);
      if (this.numFirst > 0) attributes.push(['mode', number <= this.numFirst ? 1 : 2]);
      for (const { name, values } of partitions) attributes.push([name, values[number - 1] ?? null]);
      sink.node({ id: this.idOf(number), line: row < 0 ? 0 : this.#lines.at(row), attributes });
      if (number % NODES_PER_BREATH === 0) await pacer.breathe();
    }
  }

  #areLabelsUnique(): boolean {
    if (this.#texts.length < this.numVertices) return false;
    const known = createIdInterner();
    return this.#labels.every((label, at) => label !== '' && known.internText(label) === at);
  }

  #attributesOf(row: number, sink: RecordSink): AttributeEntry[] {
    const line = this.#lines.at(row);
    const words = splitWords(this.#texts[row] as string, this.#file, line).slice(2);
    const attributes = nodeAttributes(words, (name) => noteLone(sink, this.#file, name, line));
    const label = this.#labels[row] as string;
    if (!this.#hasLabelIds && label !== '') attributes.unshift(['label', label]);
    return attributes;
  }
}

/** Notes a parameter that has no value. */
export function noteLone(sink: RecordSink, file: string, name: string, line: number): void {
  sink.notices.add(
    {
      severity: 'warning',
      code: 'parameter-without-value',
      file,
      words: (count) => `${file}: ${counted(count, 'parameter')} without a value left out.`,
    },
    line,
    () => `'${name}'`,
  );
}

function noteRepeated(sink: RecordSink, file: string, number: number, line: number): void {
  sink.notices.add(
    {
      severity: 'warning',
      code: 'repeated-node',
      file,
      words: (count) =>
        `${file}: ${counted(count, 'vertex', 'vertices')} described again; the first line counts.`,
    },
    line,
    () => `vertex ${number}`,
  );
}

function failCount(file: string, line: number, limit: number): never {
  throw new LimitError(
    `${file} line ${line}: there are more than ${limit.toLocaleString('en-US')} vertices.`,
    { code: 'too-many-nodes', remedy: 'Import a part of the graph.', details: { file, line, limit } },
  );
}

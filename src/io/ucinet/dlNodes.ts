/**
 * The nodes of a DL file: by label, else by number. Rows and columns of two-mode files are different nodes, told apart by
 * the attribute `mode` (1 = row, 2 = column); one whose label the other side has already is named 'row x' or 'column x'.
 */
import type { Pacer } from '../bytes/eventLoop.ts';
import type { RecordSink } from '../records/recordTypes.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';
import type { DlHeader } from './dlHeader.ts';

const NODES_PER_BREATH = 1024;

export type Side = 'row' | 'column';

interface SideNodes {
  readonly side: Side;
  readonly size: number;
  /** By position; longer than `size` when the data name more nodes than the header says. */
  readonly labels: string[];
  readonly positions: Map<string, number>;
  /** Ids of two-mode nodes as handed over. */
  readonly ids: string[];
}

const sideNodes = (side: Side, size: number, labels: readonly string[]): SideNodes => ({
  side,
  size,
  labels: [...labels],
  positions: new Map(labels.map((label, at) => [label, at])),
  ids: [],
});

export class DlNodes {
  readonly #file: string;
  readonly #isTwoMode: boolean;
  readonly #sink: RecordSink;
  readonly #sides: Readonly<Record<Side, SideNodes>>;
  readonly #taken = new Set<string>();
  #byLowerCase: Map<string, number> | null = null;

  constructor(file: string, header: DlHeader, sink: RecordSink) {
    this.#file = file;
    this.#isTwoMode = header.isTwoMode;
    this.#sink = sink;
    const row = sideNodes('row', header.numRows, header.rowLabels);
    const column = header.isTwoMode ? sideNodes('column', header.numColumns, header.columnLabels) : row;
    this.#sides = { row, column };
  }

  /** Nodes that have a label so far. */
  get numNamed(): number {
    const { row, column } = this.#sides;
    return row.labels.length + (this.#isTwoMode ? column.labels.length : 0);
  }

  /** Hands over one side (all nodes, in one-mode files): those with a label in the header, or all of them. */
  async handOver(side: Side, onlyNamed: boolean, pacer: Pacer): Promise<void> {
    const nodes = this.#sides[side];
    const count = onlyNamed ? nodes.labels.length : nodes.size;
    for (let at = 0; at < count; at++) {
      this.#announce(nodes, at);
      if (at % NODES_PER_BREATH === 0) await pacer.breathe();
    }
  }

  /** Position of the node that a word names by number. @throws {ParseError} */
  numbered(side: Side, word: string, line: number): number {
    const { size } = this.#sides[side];
    const number = /^\d{1,15}$/.test(word) ? Number(word) : 0;
    if (number >= 1 && number <= size) return number - 1;
    return failSyntax(
      this.#file,
      line,
      `${shown(word)} is no number from 1 to ${size}.`,
      'Check the number, or say `labels embedded` when the data name nodes by label.',
      'unknown-node',
    );
  }

  /** Position of the node that a word names by label; a new label is handed over. */
  labelled(side: Side, word: string): number {
    const nodes = this.#sides[side];
    const known = nodes.positions.get(word);
    if (known !== undefined) return known;
    const at = nodes.labels.push(word) - 1;
    nodes.positions.set(word, at);
    this.#announce(nodes, at);
    return at;
  }

  /** Position of the row of that label in any case of letters, as UCINET compares labels; -1 = none. */
  ignoringCase(word: string): number {
    this.#byLowerCase ??= new Map(this.#sides.row.labels.map((label, at) => [label.toLowerCase(), at]));
    return this.#sides.row.positions.get(word) ?? this.#byLowerCase.get(word.toLowerCase()) ?? -1;
  }

  /** Id of a node that was handed over. */
  idOf(side: Side, at: number): string {
    const { labels, ids } = this.#sides[side];
    return this.#isTwoMode ? (ids[at] as string) : (labels[at] ?? String(at + 1));
  }

  #announce(nodes: SideNodes, at: number): void {
    if (!this.#isTwoMode) return this.#sink.node({ id: this.idOf('row', at) });
    const label = nodes.labels[at];
    const isFree = label !== undefined && !this.#taken.has(label);
    const id = isFree ? label : `${nodes.side} ${label ?? at + 1}`;
    this.#taken.add(id);
    nodes.ids[at] = id;
    this.#sink.node({ id, attributes: [['mode', nodes.side === 'row' ? 1 : 2]] });
  }
}

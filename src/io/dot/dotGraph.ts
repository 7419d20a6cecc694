/**
 * What a DOT file has said so far: nodes in order of first mention, edges, attributes, clusters. Handed over at the end,
 * nodes first, because a later statement may change any of them.
 */
import type { Pacer } from '../bytes/eventLoop.ts';
import { GrowableInt32 } from '../bytes/growable.ts';
import { counted } from '../notices.ts';
import type { AttributeEntry, RecordSink } from '../records/recordTypes.ts';
import { AttributeLog } from './attributeLog.ts';

/** Default attributes of a scope, over those of the scope around it. */
export interface Defaults {
  readonly around: Defaults | null;
  readonly values: Map<string, string>;
}

const RECORDS_PER_BREATH = 1024;
/** Node numbers are below 2^26 (the limit of nodes), so that a pair fits into the 53 bits of a number. */
const PAIR_FACTOR = 2 ** 26;

export class DotGraph {
  isStrict = false;
  isDirected = false;
  name = '';
  readonly #numberOf = new Map<string, number>();
  readonly #ids: string[] = [];
  readonly #nodeLine = new GrowableInt32();
  readonly #cluster: GrowableInt32 = new GrowableInt32();
  readonly #clusterDepth = new GrowableInt32();
  readonly #clusters: string[] = [];
  readonly #nodeLog = new AttributeLog();
  readonly #source = new GrowableInt32();
  readonly #target = new GrowableInt32();
  readonly #edgeLine = new GrowableInt32();
  readonly #edgeLog = new AttributeLog();
  readonly #edgeOfPair = new Map<number, number>();
  #numMerged = 0;

  get numNodes(): number {
    return this.#ids.length;
  }

  get numEdges(): number {
    return this.#source.length;
  }

  /** Returns the number of a node; a new one takes the defaults of the scope. */
  node(id: string, line: number, defaults: Defaults): number {
    const known = this.#numberOf.get(id);
    if (known !== undefined) return known;
    const node = this.#ids.length;
    this.#numberOf.set(id, node);
    this.#ids.push(id);
    this.#nodeLine.push(line);
    this.#cluster.push(-1);
    this.#clusterDepth.push(-1);
    applyDefaults(this.#nodeLog, node, defaults);
    return node;
  }

  setNode(node: number, attributes: ReadonlyMap<string, string>): void {
    for (const [name, value] of attributes) this.#nodeLog.set(node, name, value);
  }

  /** Returns the number of a cluster. */
  addCluster(name: string): number {
    return this.#clusters.push(name) - 1;
  }

  /** Puts a node into a cluster; the innermost that names it counts, of equals the first. */
  assignCluster(node: number, cluster: number, depth: number): void {
    if (depth <= this.#clusterDepth.at(node)) return;
    this.#cluster.set(node, cluster);
    this.#clusterDepth.set(node, depth);
  }

  /** Adds an edge; in a strict graph a repeated one only changes attributes. */
  edge(
    source: number,
    target: number,
    line: number,
    defaults: Defaults,
    attributes: ReadonlyMap<string, string>,
  ): void {
    let edge = this.isStrict ? this.#edgeOfPair.get(this.#pairOf(source, target)) : undefined;
    if (edge === undefined) {
      edge = this.numEdges;
      this.#source.push(source);
      this.#target.push(target);
      this.#edgeLine.push(line);
      if (this.isStrict) this.#edgeOfPair.set(this.#pairOf(source, target), edge);
      applyDefaults(this.#edgeLog, edge, defaults);
    } else this.#numMerged++;
    for (const [name, value] of attributes) this.#edgeLog.set(edge, name, value);
  }

  /** Hands everything over. @throws what the sink throws; {CancelledError} */
  async handOver(sink: RecordSink, file: string, pacer: Pacer): Promise<void> {
    sink.setDirected(this.isDirected);
    if (this.name !== '') sink.setName(this.name);
    if (this.#numMerged > 0) this.#noteMerged(sink, file);
    const nodeAttributes = this.#nodeLog.finish(this.numNodes);
    for (let node = 0; node < this.numNodes; node++) {
      const id = this.#ids[node] as string;
      const attributes = [...namedForNode(nodeAttributes(node), id)];
      const cluster = this.#cluster.at(node);
      if (cluster >= 0) attributes.push(['cluster', this.#clusters[cluster] as string]);
      sink.node({ id, line: this.#nodeLine.at(node), attributes });
      if (node % RECORDS_PER_BREATH === 0) await pacer.breathe();
    }
    const edgeAttributes = this.#edgeLog.finish(this.numEdges);
    for (let edge = 0; edge < this.numEdges; edge++) {
      const [source, target] = [this.#ids[this.#source.at(edge)], this.#ids[this.#target.at(edge)]];
      const attributes = edgeAttributes(edge);
      sink.edge({
        source: source as string,
        target: target as string,
        line: this.#edgeLine.at(edge),
        attributes,
      });
      if (edge % RECORDS_PER_BREATH === 0) await pacer.breathe();
    }
  }

  #pairOf(source: number, target: number): number {
    const isTurned = !this.isDirected && source > target;
    return isTurned ? target * PAIR_FACTOR + source : source * PAIR_FACTOR + target;
  }

  #noteMerged(sink: RecordSink, file: string): void {
    const count = this.#numMerged;
    const message = `${file}: ${counted(count, 'repeated edge')} of a strict graph merged into the first.`;
    sink.notices.say({ severity: 'info', code: 'strict-edges-merged', file, message, count });
  }
}

function applyDefaults(log: AttributeLog, owner: number, defaults: Defaults): void {
  const layers: Defaults[] = [];
  for (let layer: Defaults | null = defaults; layer !== null; layer = layer.around)
    if (layer.values.size > 0) layers.push(layer);
  for (let at = layers.length - 1; at >= 0; at--)
    for (const [name, value] of (layers[at] as Defaults).values) log.set(owner, name, value);
}

const POSITION = /^\s*([^,\s]+),([^,\s!]+)(?:,([^,\s!]+))?\s*!?\s*$/;

/** Attributes under the names of all formats: a position becomes coordinates; \N in a label is the id. */
function* namedForNode(attributes: readonly AttributeEntry[], id: string): Generator<AttributeEntry> {
  for (const [name, value] of attributes) {
    const text = value as string;
    const position = name === 'pos' ? POSITION.exec(text) : null;
    if (position !== null) {
      yield ['x', position[1] as string];
      yield ['y', position[2] as string];
      if (position[3] !== undefined) yield ['z', position[3]];
    } else if (name === 'label') {
      // `label="\N"` is what Graphviz writes for every node: it says nothing beyond the id.
      if (text !== '\\N') yield [name, labelText(text, id)];
    } else yield [name === 'fillcolor' ? 'viz_color' : name, text];
  }
}

/** Escapes of labels: https://graphviz.org/docs/attr-types/escString/ */
const labelText = (text: string, id: string): string =>
  text.replace(/\\([Nnlr\\])/g, (_, letter: string) => (letter === 'N' ? id : letter === '\\' ? '\\' : '\n'));

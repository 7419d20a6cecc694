/**
 * The statements of a DOT file, without recursion: every open subgraph is a scope on a stack. An edge from or to a
 * subgraph means an edge for every pair of nodes. Ports become the attributes `tailport` and `headport`.
 * Grammar: https://graphviz.org/doc/info/lang.html
 */
import { LimitError } from '../../core/errors.ts';
import type { Pacer } from '../bytes/eventLoop.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';
import { type Defaults, DotGraph } from './dotGraph.ts';
import { type DotToken, DotTokens } from './dotTokens.ts';

const MAX_DEPTH = 100;
const MAX_GROUP_EDGES = 5_000_000;
const MAX_GROUP_MEMBERS = 20_000_000;
const STEPS_PER_BREATH = 512;

interface Operand {
  readonly nodes: Iterable<number>;
  readonly size: number;
  /** Null for subgraphs. */
  readonly port: string | null;
  readonly isNode: boolean;
}

interface Scope {
  readonly line: number;
  /** Cluster that nodes named here belong to, -1 = none. */
  readonly cluster: number;
  nodeDefaults: Defaults;
  edgeDefaults: Defaults;
  /** Nodes named within; null for the graph itself. */
  readonly members: Set<number> | null;
  /** Ends of the statement that is being read. */
  operands: Operand[];
  expectsOperand: boolean;
}

export interface DotLimits {
  readonly maxNodes: number;
  readonly maxEdges: number;
}

const layer = (around: Defaults | null): Defaults => ({ around, values: new Map() });

class DotParser {
  readonly graph = new DotGraph();
  readonly #tokens: DotTokens;
  readonly #file: string;
  readonly #limits: DotLimits;
  readonly #pacer: Pacer;
  readonly #scopes: Scope[] = [];
  readonly #subgraphs = new Map<string, Set<number>>();
  #groupEdges = 0;
  #groupMembers = 0;

  constructor(text: string, file: string, limits: DotLimits, pacer: Pacer) {
    this.#tokens = new DotTokens(text, file);
    this.#file = file;
    this.#limits = limits;
    this.#pacer = pacer;
  }

  /** Reads one graph; returns whether more follows it. */
  async parse(): Promise<boolean> {
    this.#readHeader();
    for (let step = 1; this.#scopes.length > 0; step++) {
      const pending = this.#step(this.#scopes.at(-1) as Scope);
      if (pending !== null) await pending;
      if (step % STEPS_PER_BREATH === 0) await this.#pacer.breathe();
    }
    return this.#tokens.peek().kind !== 'end';
  }

  #readHeader(): void {
    let token = this.#tokens.take();
    if (token.text === 'strict' && token.kind === 'keyword') {
      this.graph.isStrict = true;
      token = this.#tokens.take();
    }
    if (token.kind !== 'keyword' || (token.text !== 'graph' && token.text !== 'digraph'))
      this.#failToken(token, "'graph' or 'digraph'");
    this.graph.isDirected = token.text === 'digraph';
    if (this.#tokens.peek().kind === 'id') this.graph.name = this.#tokens.take().text;
    this.#expectMark('{');
    this.#scopes.push({
      line: token.line,
      cluster: -1,
      nodeDefaults: layer(null),
      edgeDefaults: layer(null),
      members: null,
      operands: [],
      expectsOperand: false,
    });
  }

  #step(scope: Scope): Promise<void> | null {
    const token = this.#tokens.take();
    if (token.kind === 'id') return this.#takeId(scope, token);
    if (token.kind === 'keyword' && token.text === 'subgraph') return this.#openSubgraph(scope, token);
    if (token.kind === 'mark' && token.text === '{') return this.#open(scope, token.line, null);
    if (scope.expectsOperand) this.#failToken(token, 'a node or subgraph');
    if (token.kind === 'mark' && token.text === '}') return this.#close(scope);
    if (token.kind === 'mark' && (token.text === ';' || token.text === ',')) return null;
    if (token.kind === 'keyword' && ['node', 'edge', 'graph'].includes(token.text))
      return this.#setDefaults(scope, token);
    if (token.kind === 'end')
      failSyntax(
        this.#file,
        scope.line,
        "'{' is not closed before the end of the file.",
        'The file seems to be cut off: save or download it again.',
        'unclosed-list',
      );
    return this.#failToken(token, 'a statement');
  }

  #takeId(scope: Scope, token: DotToken): Promise<void> | null {
    if (!scope.expectsOperand && this.#tokens.takeMark('=')) {
      // Attributes of graphs and subgraphs serve drawing.
      this.#takeValue();
      return null;
    }
    const node = this.graph.node(token.text, token.line, scope.nodeDefaults);
    if (this.graph.numNodes > this.#limits.maxNodes) failCount('nodes', this.#limits.maxNodes);
    scope.members?.add(node);
    if (scope.cluster >= 0) this.graph.assignCluster(node, scope.cluster, this.#scopes.length);
    scope.operands.push({ nodes: [node], size: 1, port: this.#takePort(), isNode: true });
    return this.#afterOperand(scope, token.line);
  }

  /** `:port`, `:port:compass` or nothing. */
  #takePort(): string | null {
    const parts: string[] = [];
    while (parts.length < 2 && this.#tokens.takeMark(':')) parts.push(this.#takeValue());
    return parts.length === 0 ? null : parts.join(':');
  }

  #openSubgraph(scope: Scope, token: DotToken): null {
    const name = this.#tokens.peek().kind === 'id' ? this.#tokens.take().text : null;
    this.#expectMark('{');
    return this.#open(scope, token.line, name);
  }

  #open(around: Scope, line: number, name: string | null): null {
    if (this.#scopes.length >= MAX_DEPTH) failDepth(this.#file, line);
    const isCluster = name !== null && name.startsWith('cluster');
    const members = (name === null ? undefined : this.#subgraphs.get(name)) ?? new Set<number>();
    if (name !== null) this.#subgraphs.set(name, members);
    this.#scopes.push({
      line,
      cluster: isCluster ? this.graph.addCluster(name) : around.cluster,
      nodeDefaults: layer(around.nodeDefaults),
      edgeDefaults: layer(around.edgeDefaults),
      members,
      operands: [],
      expectsOperand: false,
    });
    return null;
  }

  #close(scope: Scope): Promise<void> | null {
    this.#scopes.pop();
    const around = this.#scopes.at(-1);
    if (around === undefined) return null;
    const members = scope.members as Set<number>;
    if (around.members !== null) {
      this.#groupMembers += members.size;
      if (this.#groupMembers > MAX_GROUP_MEMBERS) failCount('members of subgraphs', MAX_GROUP_MEMBERS);
      for (const node of members) around.members.add(node);
    }
    around.operands.push({ nodes: members, size: members.size, port: null, isNode: false });
    return this.#afterOperand(around, scope.line);
  }

  /** An edge operator goes on with the statement, anything else ends it. */
  #afterOperand(scope: Scope, line: number): Promise<void> | null {
    const token = this.#tokens.peek();
    scope.expectsOperand = token.kind === 'mark' && (token.text === '->' || token.text === '--');
    if (scope.expectsOperand) {
      this.#tokens.take();
      if ((token.text === '->') !== this.graph.isDirected) this.#failOperator(token);
      return null;
    }
    const { operands } = scope;
    scope.operands = [];
    const [first] = operands;
    if (operands.length === 1 && first?.isNode === false) return null;
    const attributes = this.#takeAttributes();
    if (operands.length > 1) return this.#connect(scope, operands, attributes, line);
    for (const node of first?.nodes ?? []) this.graph.setNode(node, attributes);
    return null;
  }

  #connect(
    scope: Scope,
    operands: readonly Operand[],
    attributes: ReadonlyMap<string, string>,
    line: number,
  ): Promise<void> | null {
    if (operands.some((operand) => !operand.isNode))
      return this.#connectGroups(scope, operands, attributes, line);
    for (let at = 1; at < operands.length; at++) {
      const [tail, head] = [operands[at - 1] as Operand, operands[at] as Operand];
      const own = withPorts(attributes, tail, head);
      for (const source of tail.nodes)
        for (const target of head.nodes) this.graph.edge(source, target, line, scope.edgeDefaults, own);
    }
    if (this.graph.numEdges > this.#limits.maxEdges) failCount('edges', this.#limits.maxEdges);
    return null;
  }

  async #connectGroups(
    scope: Scope,
    operands: readonly Operand[],
    attributes: ReadonlyMap<string, string>,
    line: number,
  ): Promise<void> {
    for (let at = 1; at < operands.length; at++) {
      const [tail, head] = [operands[at - 1] as Operand, operands[at] as Operand];
      this.#groupEdges += tail.size * head.size;
      if (this.#groupEdges > MAX_GROUP_EDGES) failCount('edges between subgraphs', MAX_GROUP_EDGES);
      const own = withPorts(attributes, tail, head);
      for (const source of tail.nodes) {
        for (const target of head.nodes) this.graph.edge(source, target, line, scope.edgeDefaults, own);
        await this.#pacer.breathe();
      }
    }
    if (this.graph.numEdges > this.#limits.maxEdges) failCount('edges', this.#limits.maxEdges);
  }

  #setDefaults(scope: Scope, token: DotToken): null {
    if (this.#tokens.peek().text !== '[') this.#failToken(this.#tokens.peek(), `'[' after '${token.text}'`);
    const attributes = this.#takeAttributes();
    if (token.text === 'graph') return null;
    // Edges and nodes made before keep the defaults they were made with: their values were copied.
    const { values } = token.text === 'node' ? scope.nodeDefaults : scope.edgeDefaults;
    for (const [name, value] of attributes) values.set(name, value);
    return null;
  }

  /** `[a=1, b=2; c]` any number of times; a name alone is true. */
  #takeAttributes(): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>();
    while (this.#tokens.takeMark('[')) {
      while (!this.#tokens.takeMark(']')) {
        const name = this.#takeValue();
        attributes.set(name, this.#tokens.takeMark('=') ? this.#takeValue() : 'true');
        if (!this.#tokens.takeMark(',')) this.#tokens.takeMark(';');
      }
    }
    return attributes;
  }

  /** A name, number or string; keywords are names where nothing else can stand. */
  #takeValue(): string {
    const token = this.#tokens.take();
    return token.kind === 'id' || token.kind === 'keyword'
      ? token.text
      : this.#failToken(token, 'a name or value');
  }

  #expectMark(mark: string): void {
    if (!this.#tokens.takeMark(mark)) this.#failToken(this.#tokens.peek(), `'${mark}'`);
  }

  #failToken(token: DotToken, expected: string): never {
    const found = token.kind === 'end' ? 'the end of the file' : shown(token.text);
    return failSyntax(
      this.#file,
      token.line,
      `${found} stands where ${expected} is expected.`,
      'Correct the statement; names that are not plain words go into double quotes.',
    );
  }

  #failOperator(token: DotToken): never {
    const [kind, right] = this.graph.isDirected ? ['digraph', '->'] : ['graph', '--'];
    return failSyntax(
      this.#file,
      token.line,
      `'${token.text}' stands in a ${kind}.`,
      `Write ${right}, or change the first word of the file.`,
      'wrong-edge-operator',
    );
  }
}

function withPorts(
  attributes: ReadonlyMap<string, string>,
  tail: Operand,
  head: Operand,
): ReadonlyMap<string, string> {
  if (tail.port === null && head.port === null) return attributes;
  const own = new Map(attributes);
  if (tail.port !== null) own.set('tailport', tail.port);
  if (head.port !== null) own.set('headport', head.port);
  return own;
}

function failCount(what: string, limit: number): never {
  throw new LimitError(`The graph has more than ${limit.toLocaleString('en-US')} ${what}.`, {
    code: `too-many-${what.split(' ')[0] as string}`,
    remedy: 'Import a part of the graph.',
    details: { limit },
  });
}

function failDepth(file: string, line: number): never {
  throw new LimitError(`${file} line ${line}: subgraphs are nested more than ${MAX_DEPTH} deep.`, {
    code: 'too-deep',
    remedy: 'Check that the file is a graph in DOT.',
    details: { file, line, limit: MAX_DEPTH },
  });
}

/**
 * Returns the first graph of a DOT text, and whether more follows. O(text + edges).
 * @throws {ParseError | LimitError | CancelledError}
 */
export async function parseDot(
  text: string,
  file: string,
  limits: DotLimits,
  pacer: Pacer,
): Promise<{ readonly graph: DotGraph; readonly hasMore: boolean }> {
  const parser = new DotParser(text, file, limits, pacer);
  const hasMore = await parser.parse();
  return { graph: parser.graph, hasMore };
}

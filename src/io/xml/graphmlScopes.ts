/**
 * GraphML (http://graphml.graphdrawing.org/specification.html, primer: http://graphml.graphdrawing.org/primer/graphml-primer.html)
 * as scopes of the XML reader, with the dialects of yEd (labels, positions and colours inside `data`), mxGraph,
 * networkx, igraph, Gephi and Cytoscape.
 */
import { counted } from '../notices.ts';
import { failSyntax, shown } from '../records/syntaxFailure.ts';
import type { DeclaredKind, RecordSink } from '../records/recordTypes.ts';
import {
  AttributeDeclarations,
  attributeValue,
  type DeclaredAttribute,
  RecordValues,
} from './attributeDeclarations.ts';
import { drawingScope } from './graphmlDrawing.ts';
import { failEmptyGraph } from './xmlFailures.ts';
import { IGNORED, textScope, type XmlAttributes, type XmlScope } from './xmlReader.ts';

/** `attr.type` of the specification, and what Cytoscape writes for the same. */
const KINDS: ReadonlyMap<string, DeclaredKind> = new Map([
  ['boolean', 'boolean'],
  ['int', 'integer'],
  ['integer', 'integer'],
  ['long', 'integer'],
  ['float', 'f32'],
  ['double', 'f64'],
  ['string', 'text'],
]);

type Domain = 'node' | 'edge' | 'graph';
const DOMAINS: readonly Domain[] = ['node', 'edge', 'graph'];

/** What has no place in the graph: code of its notice, and the sentence's beginning. */
const LEFT_OUT = {
  hyperedge: ['hyperedges-left-out', 'hyperedge'],
  port: ['ports-left-out', 'port'],
  locator: ['locators-left-out', 'reference to another file'],
} as const;

/** One GraphML file on its way into a sink; `scope` listens inside the root element. */
export class GraphmlFile {
  readonly #path: string;
  readonly #sink: RecordSink;
  readonly #keys: Readonly<Record<Domain, AttributeDeclarations>>;
  /** Keys of drawings and resources have no name: what is inside them is looked at. */
  readonly #drawingKeys = new Set<string>();
  #numGraphs = 0;
  #graphLine = 0;
  #isEmpty = true;
  #isDirected = false;

  constructor(path: string, sink: RecordSink) {
    this.#path = path;
    this.#sink = sink;
    this.#keys = {
      node: new AttributeDeclarations('nodes', path, sink),
      edge: new AttributeDeclarations('edges', path, sink),
      // Attributes of the graph as a whole become no columns.
      graph: new AttributeDeclarations('edges', path, { notices: sink.notices, declare: () => undefined }),
    };
  }

  readonly scope: XmlScope = {
    child: (name, attributes, line) => {
      if (name === 'key') return this.#key(attributes, line);
      if (name === 'data')
        return this.#dataScope('graph', attributes, line, new RecordValues(), this.#graphDone);
      return name === 'graph' ? this.#graph(attributes, line, undefined) : IGNORED;
    },
    close: () => {
      if (this.#isEmpty) failEmptyGraph(this.#path, 'graphml', this.#graphLine);
    },
  };

  /** @param parent id of the node that holds the graph */
  #graph(attributes: XmlAttributes, line: number, parent: string | undefined): XmlScope {
    const isNested = parent !== undefined;
    const edgeDefault = attributes['edgedefault'];
    const directed = edgeDefault === undefined ? this.#isDirected : edgeDefault === 'directed';
    if (++this.#numGraphs === 1) {
      this.#graphLine = line;
      this.#isDirected = directed;
      this.#sink.setDirected(directed);
    } else {
      this.#note('info', isNested ? 'nested-graphs' : 'graphs-joined', line, {
        one: isNested ? 'nested graph' : 'further graph',
        rest: isNested
          ? 'joined with the graph around; the attribute parent names the node that held each node.'
          : 'joined with the first; equal node ids are one node.',
      });
    }
    const values = new RecordValues();
    return {
      child: (name, own, at) => {
        switch (name) {
          case 'node':
            return this.#node(own, at, parent);
          case 'edge':
            return this.#edge(own, at, directed);
          case 'data':
            return this.#dataScope('graph', own, at, values, this.#graphDone);
          default:
            return this.#leftOut(name, at);
        }
      },
    };
  }

  #leftOut(name: string, line: number): XmlScope {
    const known = LEFT_OUT[name as keyof typeof LEFT_OUT];
    if (known !== undefined)
      this.#note('warning', known[0], line, {
        one: known[1],
        rest: 'left out: a graph here has no place for it.',
      });
    return IGNORED;
  }

  #dataScope(
    domain: Domain,
    attributes: XmlAttributes,
    line: number,
    values: RecordValues,
    done?: (values: RecordValues, name: string, line: number) => void,
  ): XmlScope {
    const key = attributes['key'];
    if (key === undefined) {
      return failSyntax(
        this.#path,
        line,
        'a <data> without the attribute key.',
        'Name the <key> that each value belongs to.',
        'missing-key',
      );
    }
    let drawing: XmlScope | undefined;
    const text = textScope((value) => {
      if (this.#drawingKeys.has(key) || (drawing !== undefined && value.trim() === '')) {
        if (drawing !== undefined) this.#noteDrawing(line);
        return;
      }
      const declared = this.#keyOf(domain, key, line);
      if (values.given.has(declared.name)) return this.#noteRepeated(declared.name, line);
      values.given.set(declared.name, attributeValue(declared.kind, value));
      done?.(values, declared.name, line);
    });
    return {
      ...text,
      child: (name, own, at) => {
        drawing ??= drawingScope(values);
        return drawing.child(name, own, at);
      },
    };
  }

  #key(attributes: XmlAttributes, line: number): XmlScope {
    const id = attributes['id'];
    if (id === undefined) {
      return failSyntax(this.#path, line, 'a <key> without an id.', 'Give every <key> an id.', 'missing-id');
    }
    let fallback: string | undefined;
    return {
      child: (name) =>
        name === 'default'
          ? textScope((text) => {
              fallback = text;
            })
          : IGNORED,
      close: () => this.#declare(id, attributes, line, fallback),
    };
  }

  #declare(id: string, attributes: XmlAttributes, line: number, fallback: string | undefined): void {
    const name = attributes['attr.name'];
    if (name === undefined && attributes['yfiles.type'] !== undefined) {
      this.#drawingKeys.add(id);
      return;
    }
    const type = attributes['attr.type'];
    const kind = type === undefined ? 'words' : KINDS.get(type.toLowerCase());
    if (kind === undefined) {
      const rest = 'of a type that GraphML does not have; read as text.';
      this.#note('info', 'unknown-type', line, {
        one: 'key',
        rest,
        example: `attr.type ${shown(type ?? '')}`,
      });
    }
    const owner = attributes['for'] ?? 'all';
    for (const domain of DOMAINS) {
      if (owner !== domain && owner !== 'all' && !(owner === 'graphml' && domain === 'graph')) continue;
      this.#keys[domain].declare(id, name ?? id, kind ?? 'text', line, fallback);
    }
  }

  #keyOf(domain: Domain, id: string, line: number): DeclaredAttribute {
    const declared = this.#keys[domain].find(id);
    if (declared !== undefined) return declared;
    for (const other of DOMAINS) {
      const known = this.#keys[other].find(id);
      if (known === undefined) continue;
      this.#note('info', 'key-of-another-owner', line, {
        one: 'key',
        rest: 'used where it is not declared for; the values were kept.',
        example: `${known.name} (declared for ${other}, used for ${domain})`,
      });
      return this.#keys[domain].declare(id, known.name, known.kind, line);
    }
    return this.#keys[domain].repair(id, line);
  }

  #node(attributes: XmlAttributes, line: number, parent: string | undefined): XmlScope {
    const id = attributes['id'];
    if (id === undefined) {
      return failSyntax(
        this.#path,
        line,
        'a <node> without an id.',
        'Give every <node> an id.',
        'missing-id',
      );
    }
    const values = new RecordValues();
    return {
      child: (name, own, at) => {
        switch (name) {
          case 'data':
            return this.#dataScope('node', own, at, values);
          case 'graph':
            return this.#graph(own, at, id);
          case 'desc':
            return textScope((text) => values.setOwn('desc', text));
          default:
            return this.#leftOut(name, at);
        }
      },
      close: () => {
        values.setOwn('parent', parent);
        this.#isEmpty = false;
        this.#sink.node({ id, line, attributes: this.#keys.node.entriesOf(values) });
      },
    };
  }

  #edge(attributes: XmlAttributes, line: number, isDefaultDirected: boolean): XmlScope {
    const { source, target, id } = attributes as { source?: string; target?: string; id?: string };
    if (source === undefined || target === undefined) {
      return failSyntax(
        this.#path,
        line,
        `an <edge> without a ${source === undefined ? 'source' : 'target'}.`,
        'Give every <edge> a source and a target.',
        'missing-end',
      );
    }
    if (attributes['sourceport'] !== undefined || attributes['targetport'] !== undefined)
      this.#leftOut('port', line);
    const values = new RecordValues();
    values.setOwn('id', id);
    const directed = directedOf(attributes['directed']) ?? isDefaultDirected;
    return {
      child: (name, own, at) => {
        switch (name) {
          case 'data':
            return this.#dataScope('edge', own, at, values);
          case 'graph':
            return this.#graph(own, at, undefined);
          case 'desc':
            return textScope((text) => values.setOwn('desc', text));
          default:
            return this.#leftOut(name, at);
        }
      },
      close: () => {
        this.#isEmpty = false;
        this.#sink.edge({
          source,
          target,
          line,
          ...(directed === this.#isDirected ? {} : { directed }),
          attributes: this.#keys.edge.entriesOf(values),
        });
      },
    };
  }

  readonly #graphDone = (values: RecordValues, name: string, line: number): void => {
    const text = String(values.given.get(name) ?? '');
    if (/^(?:name|title|label)$/i.test(name) && text !== '') this.#sink.setName(text);
    this.#sink.notices.add(
      {
        severity: 'info',
        code: 'graph-attributes',
        file: this.#path,
        words: (count) => `${this.#path}: ${counted(count, 'attribute')} of the graph as a whole left out.`,
      },
      line,
      () => `${name} = ${text.slice(0, 200)}`,
    );
  };

  #noteDrawing(line: number): void {
    this.#note('info', 'drawing-left-out', line, {
      one: 'drawing instruction',
      rest: 'left out; labels, positions and fill colours were kept as attributes.',
    });
  }

  #noteRepeated(name: string, line: number): void {
    this.#note('warning', 'repeated-value', line, {
      one: 'value',
      rest: 'given again for the same attribute of a node or an edge; the first counts.',
      example: name,
    });
  }

  #note(
    severity: 'info' | 'warning',
    code: string,
    line: number,
    words: { readonly one: string; readonly rest: string; readonly example?: string },
  ): void {
    const file = this.#path;
    this.#sink.notices.add(
      { severity, code, file, words: (count) => `${file}: ${counted(count, words.one)} ${words.rest}` },
      line,
      () => words.example ?? words.one,
    );
  }
}

/** `directed` of an edge: true or false, as numbers in some programs. */
function directedOf(word: string | undefined): boolean | undefined {
  if (word === undefined) return undefined;
  const value = attributeValue('boolean', word);
  return typeof value === 'boolean' ? value : undefined;
}

/**
 * GEXF (https://gexf.net/schema.html, primer: https://gexf.net/primer.html) as scopes of the XML reader: 1.0 (attvalue
 * by `id`), 1.1draft, 1.2draft and 1.3. Edges are undirected unless the file says otherwise, weigh 1 where others say
 * a weight, and a mutual edge is a directed one each way. Drawing attributes become columns, time stays as start and end.
 */
import { counted } from '../notices.ts';
import { failSyntax } from '../records/syntaxFailure.ts';
import type { DeclaredKind, RecordSink } from '../records/recordTypes.ts';
import { AttributeDeclarations, attributeValue, RecordValues } from './attributeDeclarations.ts';
import { setDrawing } from './gexfDrawing.ts';
import { failEmptyGraph } from './xmlFailures.ts';
import { IGNORED, textScope, type XmlAttributes, type XmlScope } from './xmlReader.ts';

/** Types of all versions; what is not listed is text: string, liststring, anyURI, char and lists of those. */
const KINDS: ReadonlyMap<string, DeclaredKind> = new Map([
  ['boolean', 'boolean'],
  ['date', 'date'],
  ...['integer', 'long', 'short', 'byte', 'biginteger'].map((type) => [type, 'integer'] as const),
  ['float', 'f32'],
  ...['double', 'bigdecimal'].map((type) => [type, 'f64'] as const),
  ...['integer', 'long', 'short', 'byte', 'float', 'double', 'biginteger', 'bigdecimal'].map(
    (type) => [`list${type}`, 'vector'] as const,
  ),
]);

/** The words of 1.1 to 1.3, and those of 1.0. */
const DIRECTIONS: ReadonlyMap<string, Direction> = new Map([
  ['directed', 'directed'],
  ['dir', 'directed'],
  ['undirected', 'undirected'],
  ['sym', 'undirected'],
  ['mutual', 'mutual'],
  ['double', 'mutual'],
]);

type Direction = 'directed' | 'undirected' | 'mutual';
type Domain = 'node' | 'edge';

const MAX_NAME = 120;

/** One GEXF file on its way into a sink; `scope` listens inside the root element. */
export class GexfFile {
  readonly #path: string;
  readonly #sink: RecordSink;
  readonly #declarations: Readonly<Record<Domain, AttributeDeclarations>>;
  #direction: Direction = 'undirected';
  /** 0 = no graph was seen. */
  #graphLine = 0;
  #isEmpty = true;

  constructor(path: string, sink: RecordSink) {
    this.#path = path;
    this.#sink = sink;
    this.#declarations = {
      node: new AttributeDeclarations('nodes', path, sink),
      edge: new AttributeDeclarations('edges', path, sink, new Map([['weight', '1']])),
    };
  }

  readonly scope: XmlScope = {
    child: (name, attributes, line) => {
      if (name === 'meta') return this.#meta();
      return name === 'graph' ? this.#graph(attributes, line) : IGNORED;
    },
    close: () => {
      if (this.#isEmpty) failEmptyGraph(this.#path, 'gexf', this.#graphLine);
    },
  };

  #meta(): XmlScope {
    let title = '';
    let description = '';
    return {
      child: (name) => {
        const word = name.toLowerCase();
        if (word === 'title') return textScope((text) => (title = nameOf(text)));
        return word === 'description' ? textScope((text) => (description = nameOf(text))) : IGNORED;
      },
      close: () => this.#sink.setName(title === '' ? description : title),
    };
  }

  #graph(attributes: XmlAttributes, line: number): XmlScope {
    this.#graphLine = line;
    this.#direction = this.#directionOf(attributes['defaultedgetype'], 'undirected', line);
    this.#sink.setDirected(this.#direction !== 'undirected');
    return this.#elements(undefined);
  }

  /** Lists of nodes and edges: in the graph itself, and in a node that holds others. */
  #elements(parent: string | undefined): XmlScope {
    const scope: XmlScope = {
      child: (name, attributes, line) => {
        switch (name) {
          case 'nodes':
          case 'edges':
            return scope;
          case 'node':
            return this.#node(attributes, line, parent);
          case 'edge':
            return this.#edge(attributes, line);
          case 'attributes':
            return this.#attributes(attributes['class'] === 'edge' ? 'edge' : 'node');
          default:
            return IGNORED;
        }
      },
    };
    return scope;
  }

  #attributes(domain: Domain): XmlScope {
    return {
      child: (name, attributes, line) =>
        name === 'attribute' ? this.#attribute(domain, attributes, line) : IGNORED,
    };
  }

  #attribute(domain: Domain, attributes: XmlAttributes, line: number): XmlScope {
    const { id, title } = attributes as { id?: string; title?: string };
    const key = id ?? title;
    if (key === undefined) {
      const remedy = 'Give every <attribute> an id and a title.';
      return failSyntax(this.#path, line, 'an <attribute> without an id.', remedy, 'missing-id');
    }
    const kind = KINDS.get((attributes['type'] ?? 'string').toLowerCase()) ?? 'text';
    let fallback: string | undefined;
    return {
      child: (name) => (name === 'default' ? textScope((text) => (fallback = text)) : IGNORED),
      close: () => void this.#declarations[domain].declare(key, title ?? key, kind, line, fallback),
    };
  }

  #node(attributes: XmlAttributes, line: number, parent: string | undefined): XmlScope {
    const { id } = attributes as { id?: string };
    if (id === undefined) {
      const remedy = 'Give every <node> an id.';
      return failSyntax(this.#path, line, 'a <node> without an id.', remedy, 'missing-id');
    }
    const values = new RecordValues();
    values.setOwn('label', attributes['label']);
    const inner = this.#elements(id);
    return {
      child: (name, own, at) => {
        if (name === 'nodes') this.#note('info', 'nested-nodes', at, 'group of nested nodes', NESTED);
        if (name === 'nodes' || name === 'edges') return inner.child(name, own, at);
        return name === 'parents' ? this.#parents(values) : this.#valueScope('node', name, own, at, values);
      },
      close: () => {
        values.setOwn('parent', attributes['pid'] ?? parent);
        setTime(values, attributes);
        this.#isEmpty = false;
        this.#sink.node({ id, line, attributes: this.#declarations.node.entriesOf(values) });
      },
    };
  }

  /** Phylogenies of 1.1 and 1.2: a node may have several parents; the first is kept. */
  #parents(values: RecordValues): XmlScope {
    return {
      child: (name, attributes, line) => {
        if (name !== 'parent') return IGNORED;
        if (values.own.has('parent'))
          this.#note('warning', 'parents-left-out', line, 'further parent', LEFT_OUT);
        values.setOwn('parent', attributes['for']);
        return IGNORED;
      },
    };
  }

  #edge(attributes: XmlAttributes, line: number): XmlScope {
    const { source, target } = attributes as { source?: string; target?: string };
    if (source === undefined || target === undefined) {
      const what = `an <edge> without a ${source === undefined ? 'source' : 'target'}.`;
      const remedy = 'Give every <edge> a source and a target.';
      return failSyntax(this.#path, line, what, remedy, 'missing-end');
    }
    const values = new RecordValues();
    for (const name of ['id', 'label', 'weight']) values.setOwn(name, attributes[name]);
    const direction = this.#directionOf(attributes['type'], this.#direction, line);
    const kind = attributes['kind'];
    return {
      child: (name, own, at) => this.#valueScope('edge', name, own, at, values),
      close: () => {
        setTime(values, attributes);
        const edge = {
          source,
          target,
          line,
          ...(kind === undefined || kind === '' ? {} : { relation: kind }),
          ...(direction === this.#direction ? {} : { directed: direction !== 'undirected' }),
          attributes: this.#declarations.edge.entriesOf(values),
        };
        this.#isEmpty = false;
        this.#sink.edge(edge);
        if (direction !== 'mutual') return;
        this.#note('info', 'mutual-edges', line, 'mutual edge', 'became two directed edges each.');
        this.#sink.edge({ ...edge, source: target, target: source });
      },
    };
  }

  /** What nodes and edges have in common: values, drawing, times. */
  #valueScope(
    domain: Domain,
    name: string,
    attributes: XmlAttributes,
    line: number,
    values: RecordValues,
  ): XmlScope {
    if (name === 'attvalues') return this.#attributeValues(domain, values);
    if (name === 'spells' || name === 'slices') return this.#spells(values);
    if (!setDrawing(values, name, attributes)) {
      this.#note('warning', 'colours-left-out', line, 'colour', 'left out: not three numbers from 0 to 255.');
    }
    return IGNORED;
  }

  #attributeValues(domain: Domain, values: RecordValues): XmlScope {
    const declarations = this.#declarations[domain];
    return {
      child: (name, attributes, line) => {
        const id = attributes['for'] ?? attributes['id'];
        const value = attributes['value'];
        if (name !== 'attvalue') return IGNORED;
        if (id === undefined || value === undefined) {
          const what = `an <attvalue> without a ${id === undefined ? 'for' : 'value'}.`;
          const remedy = 'Write each value as <attvalue for="attribute" value="…"/>.';
          return failSyntax(this.#path, line, what, remedy, 'incomplete-value');
        }
        const declared = declarations.find(id) ?? declarations.repair(id, line);
        if (values.given.has(declared.name)) {
          const rest = 'given again for the same attribute, at another time; the last was kept.';
          this.#note('warning', 'repeated-value', line, 'value', rest, declared.name);
        }
        values.given.set(declared.name, attributeValue(declared.kind, value));
        return IGNORED;
      },
    };
  }

  /** Several periods become one from the start of the first to the end of the last. */
  #spells(values: RecordValues): XmlScope {
    let end: string | undefined;
    let numSpells = 0;
    return {
      child: (_, attributes, line) => {
        if (++numSpells > 1) {
          const rest = 'joined with the first: start and end enclose them all.';
          this.#note('warning', 'spells-joined', line, 'further period', rest);
        }
        if (numSpells === 1) values.setOwn('start', startOf(attributes));
        end = endOf(attributes);
        return IGNORED;
      },
      close: () => values.setOwn('end', end),
    };
  }

  #directionOf(word: string | undefined, fallback: Direction, line: number): Direction {
    if (word === undefined || word === '') return fallback;
    const direction = DIRECTIONS.get(word.toLowerCase());
    if (direction === undefined) {
      const rest = `of an unknown type; taken for the default of the file.`;
      this.#note('warning', 'unknown-edge-type', line, 'edge', rest, word);
    }
    return direction ?? fallback;
  }

  #note(
    severity: 'info' | 'warning',
    code: string,
    line: number,
    one: string,
    rest: string,
    example: string = one,
  ): void {
    const file = this.#path;
    const words = (count: number): string => `${file}: ${counted(count, one)} ${rest}`;
    this.#sink.notices.add({ severity, code, file, words }, line, () => example);
  }
}

const NESTED = 'opened; the attribute parent names the node that held each node.';
const LEFT_OUT = 'left out: the attribute parent holds one.';

/** One line of a title or a description, as the name of the graph. */
const nameOf = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, MAX_NAME);

/** 1.2 tells open intervals (`startopen`) from closed ones; both are kept as the bound. */
const startOf = (attributes: XmlAttributes): string | undefined =>
  attributes['start'] ?? attributes['startopen'];
const endOf = (attributes: XmlAttributes): string | undefined => attributes['end'] ?? attributes['endopen'];

function setTime(values: RecordValues, attributes: XmlAttributes): void {
  values.setOwn('start', startOf(attributes));
  values.setOwn('end', endOf(attributes));
  values.setOwn('timestamp', attributes['timestamp']);
}

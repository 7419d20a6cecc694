/**
 * The parts of the package n3 that are used. Its modules are named one by one because the index also loads streams of
 * Node; the types of @types/n3 would declare all of Node inside workers.
 */
declare module 'n3/src/N3Parser.js' {
  export interface ParsedTerm {
    readonly termType: 'NamedNode' | 'BlankNode' | 'Literal' | 'DefaultGraph' | 'Variable' | 'Quad';
    /** IRI; label of a blank node without '_:'; text of a literal. */
    readonly value: string;
    /** Of a literal; '' without a tag. */
    readonly language?: string;
    /** Of a literal. */
    readonly datatypeString?: string;
  }

  export interface ParsedQuad {
    readonly subject: ParsedTerm;
    readonly predicate: ParsedTerm;
    readonly object: ParsedTerm;
    readonly graph: ParsedTerm;
  }

  export type ParseError = Error & { readonly context?: { readonly line?: number } };

  export default class Parser {
    constructor(options: {
      readonly format: string;
      readonly blankNodePrefix: string;
      readonly factory: object;
    });
    /** Parses what a source emits: `data` with strings, then `end`. */
    parse(
      source: { on(event: string, listener: (text: string) => void): void },
      callbacks: {
        readonly onQuad: (error: ParseError | null, quad: ParsedQuad | null) => void;
        readonly onPrefix: (prefix: string, iri: ParsedTerm) => void;
      },
    ): void;
  }
}

declare module 'n3/src/N3DataFactory.js' {
  const factory: { readonly blankNode: (label: string) => unknown };
  export default factory;
}

/** A data set's card: what a person should know before and after opening it. The same words ship as `card.json`. */
export interface DatasetCard {
  readonly id: string;
  readonly title: string;
  /** One line: what can be learned from it. */
  readonly tagline: string;
  /** What nodes and edges are called, plural: 'papers', 'citations'. */
  readonly nodes: string;
  readonly edges: string;
  /** What nodes, edges and labels mean. */
  readonly about: string;
  readonly source: string;
  readonly licence: string;
  readonly citation: string;
  readonly counts: {
    readonly nodes: number;
    readonly edges: number;
    readonly classes: number;
    readonly features: number;
  };
  readonly defaultTask: string;
  readonly target: string | null;
  /** `bundled` files lie under public/datasets/<id>/; `gallery` ones are fetched from `urls` when asked. */
  readonly kind: 'bundled' | 'gallery';
  /** Relative file names (bundled) or absolute https addresses (gallery). */
  readonly files: readonly string[];
}

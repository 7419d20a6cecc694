/** Whatever file a person has: dropped, shown with what was guessed, and opened with one click on Import. */
import { Buffer } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { CORA_PLAIN, dropFiles, watchForTrouble, zipOfFolder } from './journey.ts';

interface Dropped {
  readonly name: string;
  readonly content: Buffer;
}

interface Opening {
  readonly what: string;
  readonly files: () => readonly Dropped[];
  /** Words of the preview: the format, and roles that were guessed. */
  readonly readAs: RegExp;
  readonly roles?: Readonly<Record<string, string>>;
  /** What the data panel says of it afterwards. */
  readonly summary: RegExp;
  /** Needs data that a fresh clone does not have. */
  readonly needs?: string;
}

const DATASETS = resolve(import.meta.dirname, '../../shared/datasets');
const FLIGHTS = resolve(import.meta.dirname, '../public/datasets/us-flights');

const file = (path: string): Dropped => ({ name: basename(path), content: readFileSync(path) });
const shared = (...paths: readonly string[]) => ({
  needs: join(DATASETS, paths[0] as string),
  files: () => paths.map((path) => file(join(DATASETS, path))),
});
const text = (name: string, content: string) => ({ files: () => [{ name, content: Buffer.from(content) }] });

const CX2 = JSON.stringify([
  { CXVersion: '2.0', hasFragments: false },
  { attributeDeclarations: [{ nodes: { name: { d: 'string' }, mass: { d: 'double' } } }] },
  {
    nodes: [
      { id: 1, v: { name: 'TP53', mass: 43.7 } },
      { id: 2, v: { name: 'MDM2' } },
      { id: 3, v: { name: 'ATM' } },
    ],
  },
  {
    edges: [
      { id: 1, s: 1, t: 2, v: { interaction: 'binds' } },
      { id: 2, s: 3, t: 1 },
    ],
  },
  { status: [{ success: true }] },
]);

const TURTLE = `@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:ann a ex:Person ; rdfs:label "Ann" ; ex:age 31 ; ex:knows ex:bob .
ex:bob a ex:Person ; rdfs:label "Bob" ; ex:worksAt ex:acme .
ex:acme a ex:Company ; rdfs:label "Acme" .
`;

const OPENINGS: readonly Opening[] = [
  {
    what: 'all eight Planetoid files of Cora',
    ...shared(
      ...['x', 'y', 'tx', 'ty', 'allx', 'ally', 'graph', 'test.index'].map(
        (part) => `cora/raw/ind.cora.${part}`,
      ),
    ),
    readAs: /Planetoid/,
    summary: /2,708 nodes · 5,278 edges · 7 labels · 1,433 sparse features/,
  },
  {
    what: 'a citation list without a header',
    ...shared('cora/raw/cora.cites'),
    readAs: /Tables/,
    roles: { source: 'Source', target: 'Target' },
    summary: /2,708 nodes · 5,429 edges/,
  },
  {
    what: 'the plain folder as a zip',
    needs: CORA_PLAIN,
    files: () => [{ name: 'cora.zip', content: zipOfFolder(CORA_PLAIN) }],
    readAs: /Plain graph folder/,
    roles: { label: 'Label', split: 'Split' },
    summary: /2,708 nodes · 5,278 edges/,
  },
  {
    what: 'a table of trust with times',
    ...shared('bitcoin-otc/soc-sign-bitcoinotc.csv'),
    readAs: /Tables/,
    roles: { FROM_NODE: 'Source', TO_NODE: 'Target', TIME_SINCE_EPOCH: 'Time' },
    summary: /5,881 nodes · 35,592 edges/,
  },
  {
    what: 'a knowledge graph in three parts with its entities',
    ...shared(...['entities', 'train', 'valid', 'test'].map((part) => `fb15k237/${part}.tsv.gz`)),
    readAs: /Tables/,
    roles: { id: 'Node id' },
    summary: /14,541 nodes · 310,116 edges · 237 relations/,
  },
  {
    what: 'a pair of CSV files',
    files: () => [file(join(FLIGHTS, 'nodes.csv')), file(join(FLIGHTS, 'edges.csv'))],
    readAs: /Plain graph folder/,
    roles: { id: 'Node id', source: 'Source', target: 'Target' },
    summary: /305 nodes · 5,366 edges/,
  },
  {
    what: 'GraphML',
    ...shared('classic-graphs/airlines.graphml'),
    readAs: /GraphML/,
    summary: /235 nodes · 2,101 edges/,
  },
  {
    what: 'GEXF',
    ...shared('classic-graphs/Les Miserables.gexf'),
    readAs: /GEXF/,
    summary: /77 nodes · 254 edges/,
  },
  {
    what: 'GML',
    ...shared('classic-graphs/polbooks_gt.gml'),
    readAs: /GML/,
    summary: /105 nodes · 441 edges/,
  },
  {
    what: 'Pajek',
    ...shared('classic-graphs/zachary.net'),
    readAs: /Pajek/,
    summary: /34 nodes · (?:78|80) edges/,
  },
  {
    what: 'MatrixMarket',
    ...shared('classic-graphs/karate.mtx'),
    readAs: /Matrix ?Market/,
    summary: /34 nodes · 78 edges/,
  },
  { what: 'CX2', ...text('tp53.cx2', CX2), readAs: /CX2/, summary: /3 nodes · 2 edges/ },
  {
    what: 'Parquet',
    files: () => [
      {
        name: 'links.parquet',
        content: Buffer.from(
          parquetWriteBuffer({
            columnData: [
              { name: 'source', data: ['a', 'b', 'c'], type: 'STRING' },
              { name: 'target', data: ['b', 'c', 'a'], type: 'STRING' },
              { name: 'weight', data: [1, 2.5, 3], type: 'DOUBLE' },
            ],
          }),
        ),
      },
    ],
    readAs: /Parquet/,
    roles: { source: 'Source', target: 'Target', weight: 'Weight' },
    summary: /3 nodes · 3 edges/,
  },
  {
    what: 'Turtle',
    ...text('people.ttl', TURTLE),
    readAs: /RDF|Turtle/,
    summary: /3 nodes · 2 edges · 2 node types · 2 relations/,
  },
];

/** Looks at the dialog as a person would, then presses Import and nothing else. */
async function importWithOneClick(page: Page, opening: Opening): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await expect(dialog.getByText(opening.readAs).first()).toBeVisible({ timeout: 30_000 });
  for (const [column, role] of Object.entries(opening.roles ?? {})) {
    await expect(
      dialog.getByRole('combobox', { name: `Role of ${column}`, exact: true }).first(),
    ).toHaveValue(role);
  }
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  await expect(page.getByText(opening.summary).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Train' })).toBeVisible();
}

for (const opening of OPENINGS) {
  test(`opens ${opening.what} with one click`, async ({ page }) => {
    test.skip(opening.needs !== undefined && !existsSync(opening.needs), `${opening.what}: data not at hand`);
    const trouble = watchForTrouble(page);
    await page.goto('./');
    await dropFiles(page, opening.files());
    await importWithOneClick(page, opening);
    expect(trouble).toEqual([]);
  });
}

test('a graph file that is broken says where, and leaves the page as it was', async ({ page }) => {
  await page.goto('./');
  await dropFiles(page, [
    {
      name: 'broken.graphml',
      content: Buffer.from('<?xml version="1.0"?>\n<graphml>\n<graph><node id="a"></graph>\n'),
    },
  ]);
  await expect(page.getByText(/broken\.graphml line \d+/).first()).toBeVisible();
});

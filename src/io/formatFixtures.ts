/**
 * Small files of every format, each of which exactly one format must claim: the contract test reads them, fuzzing damages
 * them. For tests only. A new format adds its own.
 */
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { parquetWriteBuffer } from 'hyparquet-writer';

/** Content by path; text is UTF-8. */
export type FixtureFiles = Readonly<Record<string, string | Uint8Array>>;

export interface FormatFixture {
  readonly format: string;
  readonly what: string;
  readonly files: FixtureFiles;
}

/** numpy.zeros((1, 3), 'float32') as numpy.save writes it. */
const NPY = Uint8Array.from(
  `\x93NUMPY\x01\0\x76\0${"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }".padEnd(117)}\n${'\0'.repeat(12)}`,
  (character) => character.charCodeAt(0),
);

export const FORMAT_FIXTURES: readonly FormatFixture[] = [
  {
    format: 'plain',
    what: 'nodes and edges',
    files: { 'nodes.csv': 'id,x\na,1\n', 'edges.csv': 'source,target\na,a\n' },
  },
  {
    format: 'plain',
    what: 'edges with extras',
    files: { 'edges.csv': 'source,target\na,b\n', 'notes.txt': 'a,b\n1,2\n' },
  },
  {
    format: 'plain',
    what: 'typed tables',
    files: { 'nodes.user.csv': 'id\n1\n', 'edges.knows.csv': 'source,target\n1,1\n' },
  },
  {
    format: 'graphml',
    what: 'a graph under any name',
    files: {
      'graph.xml':
        '<?xml version="1.0"?><!-- by hand --><g:graphml xmlns:g="x"><graph><node id="a"/></graph></g:graphml>',
    },
  },
  {
    format: 'gexf',
    what: 'a graph of Gephi',
    files: { 'graph.gexf': '<gexf version="1.3"><graph><nodes><node id="a"/></nodes></graph></gexf>' },
  },
  { format: 'csv', what: 'an edge list', files: { 'friends.csv': 'source,target\na,b\n' } },
  { format: 'csv', what: 'an edge list without a header', files: { 'list.txt': '1 2\n2 3\n' } },
  {
    format: 'csv',
    what: 'two tables',
    files: { 'people.csv': 'id,age\n1,2\n', 'knows.tsv': 'from\tto\n1\t1\n' },
  },
  {
    format: 'csv',
    what: 'nodes.csv beside a table of another name',
    files: { 'nodes.csv': 'id,x\na,1\nb,2\n', 'links.csv': 'from,to\na,b\n' },
  },
  { format: 'csv', what: 'edges.csv without named ends', files: { 'edges.csv': '1,2\n2,3\n' } },
  {
    format: 'parquet',
    what: 'a table of pairs',
    files: {
      'pairs.parquet': new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: 'source', data: ['a', 'b'], type: 'STRING' },
            { name: 'target', data: ['b', 'c'], type: 'STRING' },
          ],
        }),
      ),
    },
  },
  {
    format: 'arrow',
    what: 'a table of pairs',
    files: {
      'pairs.feather': tableToIPC(tableFromArrays({ source: ['a', 'b'], target: ['b', 'c'] }), {
        format: 'file',
      }) as Uint8Array,
    },
  },
  { format: 'json-records', what: 'lines', files: { 'a.jsonl': '{"source":1,"target":2}\n' } },
  { format: 'json-records', what: 'a list', files: { 'a.json': '[{"id":1,"x":2},{"id":2,"x":[1,2]}]' } },
  {
    format: 'gml',
    what: 'Newman',
    files: { 'karate.gml': 'Creator "x"\ngraph\n[\n  node\n  [\n id 1\n]\n]\n' },
  },
  { format: 'pajek', what: 'a network', files: { 'a.net': '*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 2\n' } },
  { format: 'dot', what: 'a digraph', files: { 'a.txt': '// c\ndigraph G {\na -> b\n}\n' } },
  { format: 'ucinet', what: 'a matrix', files: { 'a.txt': 'DL n=2\ndata:\n0 1\n0 0\n' } },
  { format: 'gdf', what: 'GUESS', files: { 'a.gdf': 'nodedef>name VARCHAR\na\nedgedef>node1,node2\na,a\n' } },
  { format: 'sif', what: 'relations', files: { 'a.sif': 'a pp b\n' } },
  { format: 'sif', what: 'names with blanks', files: { 'a.sif': 'node 1\tpp\tnode 2\n' } },
  { format: 'lgl', what: 'neighbours', files: { 'a.lgl': '# a\nb 2\n' } },
  { format: 'ncol', what: 'pairs', files: { 'a.ncol': 'a b 2\n' } },
  {
    format: 'node-link',
    what: 'networkx',
    files: {
      'g.json':
        '{"directed": false, "multigraph": false, "graph": {}, "nodes": [{"id": 1}, {"id": 2}], "links": [{"source": 1, "target": 2}]}',
    },
  },
  {
    format: 'node-link',
    what: 'vis.js',
    files: {
      'g.json': '{"nodes": [{"id": 1, "label": "a"}, {"id": 2}], "edges": [{"from": 1, "to": 2}]}',
    },
  },
  {
    format: 'cytoscape-json',
    what: 'elements',
    files: {
      'g.json':
        '{"elements": {"nodes": [{"data": {"id": "a"}}], "edges": [{"data": {"source": "a", "target": "a"}}]}}',
    },
  },
  {
    format: 'cytoscape-json',
    what: 'a list of elements',
    files: { 'g.json': '[{"data": {"id": "a"}}, {"data": {"id": "e", "source": "a", "target": "a"}}]' },
  },
  {
    format: 'graphology',
    what: 'an export',
    files: {
      'g.json':
        '{"attributes": {}, "options": {"type": "mixed"}, "nodes": [{"key": "a"}], "edges": [{"source": "a", "target": "a"}]}',
    },
  },
  {
    format: 'jgf',
    what: 'version 2',
    files: { 'g.json': '{"graph": {"nodes": {"a": {}}, "edges": [{"source": "a", "target": "a"}]}}' },
  },
  {
    format: 'cx2',
    what: 'a network',
    files: {
      'g.cx2':
        '[{"CXVersion": "2.0"}, {"nodes": [{"id": 0}]}, {"edges": [{"id": 0, "s": 0, "t": 0}]}, {"status": [{"success": true}]}]',
    },
  },
  {
    format: 'rdf',
    what: 'Turtle',
    files: { 'g.txt': '# a comment\n@prefix ex: <http://example.org/> .\nex:a ex:knows ex:b .\n' },
  },
  {
    format: 'rdf',
    what: 'N-Triples',
    files: { 'g.txt': '<http://e.org/a> <http://e.org/knows> <http://e.org/b> .\n' },
  },
  {
    format: 'matrix-market',
    what: 'a coordinate matrix',
    files: { 'a.mtx': '%%MatrixMarket matrix coordinate pattern general\n2 2 1\n1 2\n' },
  },
  {
    format: 'matrix-market',
    what: 'a matrix with another name',
    files: { 'graph.txt': '%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 0.5\n' },
  },
  { format: 'numpy', what: 'a matrix', files: { 'features.npy': NPY } },
  { format: 'numpy', what: 'arrays of an archive', files: { 'x.npy': NPY, 'node_features.npy': NPY } },
  { format: 'libsvm', what: 'labels and pairs', files: { 'train.txt': '1 1:0.5 3:1\n-1 2:1\n' } },
  { format: 'libsvm', what: 'features alone', files: { 'features.svm': '0 1:1\n1 2:1\n' } },
  {
    format: 'tu-dataset',
    what: 'a block-diagonal graph',
    files: { 'DS_A.txt': '1, 2\n2, 1\n', 'DS_graph_indicator.txt': '1\n1\n', 'README.txt': 'a b\n' },
  },
  {
    format: 'ogb',
    what: 'one graph',
    files: { 'raw/edge.csv': '0,1\n', 'raw/num-node-list.csv': '2\n', 'raw/num-edge-list.csv': '1\n' },
  },
  {
    format: 'planetoid',
    what: 'ind files with a citation list',
    files: {
      'ind.cora.graph': '\x80\x02}.',
      'ind.cora.test.index': '1\n2\n',
      'cora.cites': '35\t1033\n35\t103482\n',
    },
  },
];

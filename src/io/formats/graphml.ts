/** GraphML: the XML of graph drawing, written by yEd, networkx, igraph, Gephi and Cytoscape. */
import { recordFormat } from '../records/recordFormat.ts';
import { GraphmlFile } from '../xml/graphmlScopes.ts';
import { recogniseXml } from '../xml/xmlProlog.ts';
import { readXml } from '../xml/xmlReader.ts';

export const graphml = recordFormat({
  id: 'graphml',
  name: 'GraphML',
  summary: 'Nodes, edges and typed attributes as XML, from yEd, networkx, igraph, Gephi or Cytoscape.',
  extensions: ['graphml'],
  source: 'http://graphml.graphdrawing.org/specification.html',
  undeclared: 'words',
  dialect: () => 'XML',
  recognise: (file) => recogniseXml(file, 'graphml'),
  async read(file, sink, context) {
    const { scope } = new GraphmlFile(file.source.path, sink);
    await readXml(file, context, sink.notices, { root: 'graphml', scope });
  },
});

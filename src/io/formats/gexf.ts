/** GEXF: the XML of Gephi, versions 1.0 to 1.3. */
import { recordFormat } from '../records/recordFormat.ts';
import { GexfFile } from '../xml/gexfScopes.ts';
import { recogniseXml } from '../xml/xmlProlog.ts';
import { readXml } from '../xml/xmlReader.ts';

export const gexf = recordFormat({
  id: 'gexf',
  name: 'GEXF',
  summary: 'Nodes, edges, typed attributes, colours and positions as XML, from Gephi.',
  extensions: ['gexf'],
  source: 'https://gexf.net/schema.html',
  undeclared: 'words',
  dialect: () => 'XML',
  recognise: (file) => recogniseXml(file, 'gexf'),
  async read(file, sink, context) {
    const { scope } = new GexfFile(file.source.path, sink);
    await readXml(file, context, sink.notices, { root: 'gexf', scope });
  },
});

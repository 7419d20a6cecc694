/**
 * Cytoscape's simple interaction format: `source relation target target …` per line; a line of one name is a node
 * without edges. Edges are directed, as Cytoscape reads them.
 */
import type { ProbedFile, ReadContext } from '../importTypes.ts';
import { textLines } from '../bytes/readText.ts';
import { decodeHead, describeBinary } from '../bytes/textEncoding.ts';
import { counted } from '../notices.ts';
import { announceNodes } from '../records/nodeAnnouncer.ts';
import { recordFormat } from '../records/recordFormat.ts';
import type { RecordSink } from '../records/recordTypes.ts';
import { failSyntax } from '../records/syntaxFailure.ts';

/** One tab anywhere makes tabs the delimiter of the whole file, so that names may hold blanks. */
const usesTabs = (file: ProbedFile): boolean => file.head.includes(9);

function fieldsOf(text: string, byTabs: boolean): string[] {
  if (!byTabs) return text.split(/\s+/).filter((field) => field !== '');
  return text.split('\t').map((field) => field.trim());
}

function noteSeveralTargets(sink: RecordSink, file: string, line: number, text: string): void {
  sink.notices.add(
    {
      severity: 'info',
      code: 'several-targets',
      file,
      words: (count) =>
        `${file}: ${counted(count, 'line')} with several targets each; names that hold blanks need tabs between the fields.`,
    },
    line,
    () => text.slice(0, 120),
  );
}

async function read(file: ProbedFile, sink: RecordSink, context: ReadContext): Promise<void> {
  const { path } = file.source;
  const announce = announceNodes(sink);
  let byTabs = usesTabs(file);
  sink.setDirected(true);
  for await (const lines of textLines(file, context)) {
    for (const { text, line } of lines) {
      if (text.trim() === '') continue;
      byTabs ||= text.includes('\t');
      const [source, relation, ...targets] = fieldsOf(text, byTabs) as [string, ...string[]];
      if (source === '') failField(path, line, 'the source has no name.');
      announce(source, line);
      const named = targets.filter((target) => target !== '');
      if ((relation ?? '') === '' && named.length === 0) continue;
      if (named.length === 0) failField(path, line, `'${source}' has a relation but no target.`);
      if (!byTabs && named.length > 1) noteSeveralTargets(sink, path, line, text);
      for (const target of named) {
        announce(target, line);
        sink.edge({ source, target, line, ...(relation ? { relation } : {}) });
      }
    }
  }
}

function failField(path: string, line: number, what: string): never {
  failSyntax(path, line, what, 'Write `source relation target`, or a name alone for a node without edges.');
}

/** Reads https://manual.cytoscape.org/en/stable/Supported_Network_File_Formats.html (SIF Format). */
export const sif = recordFormat({
  id: 'sif',
  name: 'SIF (Cytoscape)',
  summary: 'Simple interaction format: source, relation and targets on each line.',
  extensions: ['sif'],
  source: 'https://manual.cytoscape.org/en/stable/Supported_Network_File_Formats.html#sif-format',
  undeclared: 'words',
  dialect: (file) => (usesTabs(file) ? 'SIF, tabs' : 'SIF, blanks'),
  recognise(file) {
    if (!/\.sif$/i.test(file.source.path) || describeBinary(file.head) !== null) return 0;
    // Any text is lines of words: only the name tells SIF from an edge list.
    return decodeHead(file.head).trim() === '' ? 0 : 0.9;
  },
  read,
});

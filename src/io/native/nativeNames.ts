/** File names of the native plain folder: which role a name gives a file, and for which node or edge type. */

export type NativeRole =
  | 'nodes'
  | 'edges'
  | 'features-svm'
  | 'features-table'
  | 'features-npy'
  | 'features-parquet'
  | 'settings';

export interface NativeName {
  readonly role: NativeRole;
  /** '' for the only type. */
  readonly type: string;
}

const TABLE = /^(nodes|edges)(?:\.(.+))?\.(?:csv|tsv|parquet|arrow|jsonl)$/i;
const FEATURES = /^features(?:\.(.+))?\.(svm|libsvm|csv|tsv|npy|parquet)$/i;
const FEATURE_ROLES: Readonly<Record<string, NativeRole>> = {
  svm: 'features-svm',
  libsvm: 'features-svm',
  csv: 'features-table',
  tsv: 'features-table',
  npy: 'features-npy',
  parquet: 'features-parquet',
};

/** Returns the role of a file by its name (gzip already taken off), or null. */
export function nativeName(path: string): NativeName | null {
  const name = path.split('/').at(-1) ?? '';
  if (name === 'graph.json') return { role: 'settings', type: '' };
  const table = TABLE.exec(name);
  if (table !== null) {
    return { role: (table[1] as string).toLowerCase() as 'nodes' | 'edges', type: typeName(table[2]) };
  }
  const features = FEATURES.exec(name);
  const role = FEATURE_ROLES[features?.[2]?.toLowerCase() ?? ''];
  return features === null || role === undefined ? null : { role, type: typeName(features[1]) };
}

/** Types are written percent-encoded where a file name cannot hold them: `nodes.a%2Fb.csv`. */
function typeName(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '');
  } catch {
    return part ?? '';
  }
}

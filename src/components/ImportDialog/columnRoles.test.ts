import { describe, expect, it } from 'vitest';
import { DEFAULT_IMPORT_OPTIONS, type ColumnRole, type TablePreview } from '../../io/importTypes.ts';
import {
  columnRole,
  foldedChanges,
  kindChoices,
  roleChoices,
  withColumnKind,
  withColumnRole,
  withTableRole,
  withTableType,
} from './columnRoles.ts';

const table: TablePreview = {
  path: 'people.csv',
  role: 'nodes',
  type: '',
  dialect: '',
  sampleRows: [],
  sizeBytes: 0,
  columns: [
    { name: 'id', role: 'node-id', kind: 'text' },
    { name: 'boss', role: 'attribute', kind: 'text' },
    { name: 'team', role: 'label', kind: 'category' },
    { name: 'age', role: 'attribute', kind: 'f32' },
  ],
};
const start = DEFAULT_IMPORT_OPTIONS;
const rolesIn = (options: typeof start): ColumnRole[] =>
  table.columns.map((column) => columnRole(table, column, options));

describe('withColumnRole', () => {
  it('takes a role that only one column can have from the column that had it', () => {
    const moved = withColumnRole(start, table, 'boss', 'node-id');
    expect(rolesIn(moved)).toEqual(['attribute', 'node-id', 'label', 'attribute']);
    expect(withColumnRole(moved, table, 'id', 'node-id')).toEqual(start);
  });

  it('lets several columns be features', () => {
    const options = withColumnRole(withColumnRole(start, table, 'age', 'feature'), table, 'team', 'feature');
    expect(rolesIn(options)).toEqual(['node-id', 'attribute', 'feature', 'feature']);
  });
});

describe('withTableRole', () => {
  it('makes the id and the column after it the ends of edges, and goes back', () => {
    const edges = withTableRole(start, table, 'edges');
    expect(edges.tables).toEqual({ 'people.csv': { role: 'edges' } });
    expect(rolesIn(edges)).toEqual(['source', 'target', 'attribute', 'attribute']);
    expect(withTableRole(edges, table, 'nodes')).toEqual(start);
  });

  it('keeps the name of the type', () => {
    const named = withTableType(start, table, 'person');
    expect(withTableRole(named, table, 'ignored').tables).toEqual({
      'people.csv': { role: 'ignored', type: 'person' },
    });
    expect(withTableType(named, table, '')).toEqual(start);
  });
});

it('offers kinds only where they decide something, and the guessed float as Number', () => {
  const [id, , , age] = table.columns as [never, never, never, (typeof table.columns)[number]];
  expect(kindChoices(table, id, start)).toEqual([]);
  expect(kindChoices(table, age, start)[0]).toEqual({ value: 'f32', label: 'Number' });
  const chosen = withColumnKind(start, table, 'age', 'category');
  expect(chosen.kinds).toEqual({ 'people.csv': { age: 'category' } });
  expect(withColumnKind(chosen, table, 'age', 'f32')).toEqual(start);
});

it('offers the roles of the table, without those that the format fixes', () => {
  const fixed: TablePreview = {
    ...table,
    columns: [{ name: 'id', role: 'node-id', kind: 'text', isFixed: true }],
  };
  expect(roleChoices(fixed, start).map(({ value }) => value)).not.toContain('node-id');
  expect(roleChoices(table, withTableRole(start, table, 'ignored'))).toEqual([]);
});

it('counts what is folded away', () =>
  expect([
    foldedChanges(start),
    foldedChanges({ ...start, selfLoops: 'drop', duplicateEdges: 'keep-first' }),
  ]).toEqual([0, 2]));

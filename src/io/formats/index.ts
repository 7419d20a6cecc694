/** All file formats, in the order in which they are shown. A new format is its file, its test and one line here. */
import { createRegistry } from '../../core/registry.ts';
import type { FormatDescriptor } from '../importTypes.ts';
import { delimitedTables } from './delimitedTables.ts';
import { plain } from './plain.ts';
import { planetoid } from './planetoid.ts';

export const formats = createRegistry<FormatDescriptor>('file format', [plain, delimitedTables, planetoid]);

/**
 * The catalog on disk: the built-in tables of this package, and the folder into which a person imports and harvests.
 *
 * @packageDocumentation
 */
export { builtInTables, type CatalogFolders, catalogTables, openCatalog, userTables } from './open.ts';
export { type SavedTable, type SaveOptions, saveEntries } from './save.ts';
export { parseJson } from './table-file.ts';

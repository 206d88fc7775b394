/** What a backup is; see `docs/guides/store.md`. */
export const FORMAT = 'cozecut-backup/1';

/** The file that says what the others hold. */
export interface Manifest {
  format: typeof FORMAT;
  /** Version of the tables. */
  schema: string;
  /** ISO 8601. */
  createdAt: string;
  /** In the order in which they are restored. */
  tables: { name: string; rows: number; sha256: string }[];
  blobs: number;
  blobBytes: number;
}

/** Name of the file with the manifest. */
export const MANIFEST_FILE = 'backup.json';

/** File of a table, inside of the backup: a JSON object for each row. */
export const tableFile = (name: string): string => `tables/${name}.jsonl`;

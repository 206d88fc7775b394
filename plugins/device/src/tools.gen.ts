// Made from the manifest by `cozecut manifest typegen`; a change here is lost.
import type { ToolHandler as Handler } from '@cozecut/plugin-host';

/** What the handler of `screenshot` gets, defaults filled in. */
export interface ScreenshotInput {
  /** Id of the screen as the system names it; the main one when left out */
  screen?: string;
}

/** What `screenshot` answers with. */
export interface ScreenshotOutput {
  /** The picture */
  image: string;
}

/** What the handler of `list_files` gets, defaults filled in. */
export interface ListFilesInput {
  /** Folder; a relative one lies in the first allowed folder */
  path: string;
  /** Most entries that are listed */
  max_entries: number;
}

/** What `list_files` answers with. */
export interface ListFilesOutput {
  /** Absolute path of the folder */
  path: string;
  /** What is in the folder, sorted by name */
  entries: {
    /** Name of the entry */
    name: string;
    /** What it is */
    type: 'file' | 'folder' | 'link' | 'other';
    /** Size of a file */
    bytes?: number;
    /** Time of the last change in UTC */
    modified_at?: string;
  }[];
  /** Whether there is more in the folder */
  truncated: boolean;
}

/** What the handler of `read_file` gets, defaults filled in. */
export interface ReadFileInput {
  /** File; a relative one lies in the first allowed folder */
  path: string;
  /** Where to begin in bytes */
  offset: number;
  /** Most bytes that are read */
  max_bytes: number;
}

/** What `read_file` answers with. */
export interface ReadFileOutput {
  /** Absolute path of the file */
  path: string;
  /** How the content is written */
  encoding: 'utf-8' | 'base64';
  /** What was read */
  content: string;
  /** Size of the whole file */
  total_bytes: number;
  /** Where to go on; missing at the end of the file */
  next_offset?: number;
}

/** Input and output of each tool, by name. */
export interface Tools {
  screenshot: { input: ScreenshotInput; output: ScreenshotOutput };
  list_files: { input: ListFilesInput; output: ListFilesOutput };
  read_file: { input: ReadFileInput; output: ReadFileOutput };
}

/** Names of the tools. */
export type ToolName = keyof Tools;

/** The function behind a tool. */
export type ToolHandler<Name extends ToolName> = Handler<Tools[Name]['input'], Tools[Name]['output']>;

/** What a change means for those who call the tools. */
export type ChangeKind = 'breaking' | 'additive' | 'documentation';

/** One difference between two OpenAPI documents. */
export interface Change {
  kind: ChangeKind;
  /** Stable id, such as `FIELD_REMOVED`. */
  code: string;
  /** Operation id of the tool; none for the document itself. */
  operation?: string;
  /** Where: `input.captions[].start`, `output.draft_id`; none for the tool itself. */
  place?: string;
  /** What changed, without the place. */
  message: string;
  /** Whom an additive change may surprise all the same. */
  warning?: string;
}

/** Takes a change without its place. */
export type Report = (kind: ChangeKind, code: string, message: string, warning?: string) => void;

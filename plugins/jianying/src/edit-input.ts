/** What a tool that makes one edit gets. */
interface EditInput {
  draft_id: string;
  segment_id?: string;
  from_draft_id?: string;
}

/** The edit that the input of a tool stands for: its keys are those of the edit, spelled as tools spell keys. */
export function editOf(op: string, input: EditInput): object {
  const { draft_id: _, segment_id, from_draft_id, ...rest } = input;
  const keys = Object.entries(rest).map(([key, value]) => [
    key.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return {
    op,
    ...(segment_id === undefined ? {} : { clip: { id: segment_id } }),
    ...(from_draft_id === undefined ? {} : { from: from_draft_id }),
    ...Object.fromEntries(keys),
  };
}

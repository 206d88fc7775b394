/** Kinds of files that Coze knows, as values of `x-assist-type`; with `_url` they are formats. */
export const FILE_KINDS: readonly string[] = [
  'file',
  'image',
  'doc',
  'ppt',
  'code',
  'excel',
  'zip',
  'video',
  'audio',
  'txt',
];

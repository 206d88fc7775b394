/** A name as it is compared when case, blanks and underscores do not count. */
export function foldName(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_]+/g, '');
}

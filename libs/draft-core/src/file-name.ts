/** Why a name cannot be that of a file on every system, in words; nothing when it can. */
export function whyUnsafeFileName(name: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'it has a control character';
  if (/[. ]$/.test(name)) return 'it ends with a dot or a blank, which Windows drops';
  if (/^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]) *(\.|$)/i.test(name))
    return 'Windows keeps this name for a device';
  return undefined;
}

/**
 * A text without the control characters that would steer a terminal, each replaced by a blank. Tabs and line ends stay,
 * so that columns and markers under them fit. Names come from the files of strangers.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, ' ');
}

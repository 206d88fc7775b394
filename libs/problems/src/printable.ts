/**
 * A text without the control characters that would steer a terminal, each replaced by a blank. Tabs and line ends stay,
 * so that columns and markers under them fit. Names come from the files of strangers.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, ' ');
}

/**
 * A text as part of one line: line ends, tabs and other control characters are one blank each time. Messages quote what
 * others wrote, and a report has one line for each.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

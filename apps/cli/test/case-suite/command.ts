/** A command line of a case: `NAME=value … cozecut word "two words" …`. */
export interface CommandLine {
  env: Record<string, string>;
  args: string[];
}

/** Reads the command lines of a case, one in each line; blanks and quotes as in a shell, nothing else of it. */
export function readCommands(text: string): CommandLine[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const words = [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
        word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
      );
      const start = words.indexOf('cozecut');
      const variables = words.slice(0, start);
      if (start === -1 || variables.some((word) => !/^[A-Z][A-Z0-9_]*=/.test(word))) {
        throw new Error(`not a command line of cozecut: ${line}`);
      }
      const env = Object.fromEntries(variables.map((word) => word.split(/=(.*)/s) as [string, string]));
      return { env, args: words.slice(start + 1) };
    });
}

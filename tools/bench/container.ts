import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the Dockerfile says of the process of the server, so that what is measured is what people run. */
export function readContainer(): { nodeOptions: string[]; env: Record<string, string> } {
  const text = readFileSync(join(import.meta.dirname, '../../Dockerfile'), 'utf8').replaceAll('\\\n', ' ');
  const [, entry] = /^ENTRYPOINT (\[.*\])$/m.exec(text) ?? [];
  const [, variables] = /^ENV (.*)$/m.exec(text) ?? [];
  if (entry === undefined || variables === undefined)
    throw new Error('the Dockerfile has no ENTRYPOINT or no ENV');
  const [, ...words] = JSON.parse(entry) as string[];
  return {
    nodeOptions: words.filter((word) => word.startsWith('--')),
    env: Object.fromEntries(
      variables
        .trim()
        .split(/\s+/)
        .map((pair) => pair.split('=')),
    ),
  };
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Content } from './content.ts';
import { type Measured, measure } from './measure.ts';
import { capcutCli, compileParts, cozecut } from './programs.ts';

/** Figures of one content: whole processes, and the parts of a compilation inside of one. */
export interface Compared {
  measured: Measured[];
  /** Milliseconds inside of a process that has compiled once before. */
  parts: { checkAndCompileMs: number; stringifyMs: number };
}

/** Measures `draft create`, the peer and a process that only reads and writes the same bytes, in turn. */
export function compare(
  { timeline, spec }: Content,
  rounds: number,
  { withPeer }: { withPeer: boolean },
): Compared {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-bench-'));
  try {
    const timelineFile = join(folder, 'timeline.json');
    const specFile = join(folder, 'spec.json');
    const copyFile = join(folder, 'copy.js');
    writeFileSync(timelineFile, JSON.stringify(timeline));
    writeFileSync(specFile, JSON.stringify(spec));
    writeFileSync(copyFile, COPY);
    // A folder for each run: the peer reads the drafts beside the one that it writes.
    const out = (who: string, round: number) => {
      const parent = join(folder, `${who}-${round}`);
      mkdirSync(parent, { recursive: true });
      return join(parent, 'draft');
    };
    const sample = join(folder, 'cozecut-0/draft/draft_content.json');
    const measured = measure(
      [
        {
          name: 'cozecut',
          args: (round) => cozecut('draft', 'create', timelineFile, '--out', out('cozecut', round)),
        },
        ...(withPeer
          ? [
              {
                name: 'capcut-cli',
                args: (round: number) => capcutCli('compile', specFile, '--out', out('peer', round)),
              },
            ]
          : []),
        { name: 'read, stringify, write', args: (round) => [copyFile, sample, out('copy', round)] },
      ],
      rounds,
    );
    return { measured, parts: compileParts(timelineFile) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What no compiler can do without: the document is parsed, stringified once and written under two names. */
const COPY = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const [sample, folder] = process.argv.slice(2);
const text = JSON.stringify(JSON.parse(readFileSync(sample, 'utf8')));
mkdirSync(folder);
for (const name of ['a.json', 'b.json']) writeFileSync(folder + '/' + name, text, { flush: true });
`;

/** A process that installs a draft as soon as it is told to: `node install-when-told.ts ROOT`, then a line `SOURCE NAME`. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
// Not through the door of the package: these processes are many, and should start fast.
import { installDraft } from '../../src/node/install-draft.ts';

const [root] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin });
process.stdout.write('ready\n');
const [line] = (await once(lines, 'line')) as [string];
const [source = '', name = ''] = line.split('\t');
await installDraft({
  source,
  root,
  name,
  replace: true,
  system: { platform: process.platform, home: '/nowhere' },
  listProcesses: async () => [],
  uuid: randomUUID,
  now: Date.now,
});
process.stdout.write('done\n');
lines.close();
process.stdin.destroy();

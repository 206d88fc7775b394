/**
 * Replaces a draft, and is killed right before the change of a folder with the given number; ends by itself when there
 * are fewer. Arguments: the folder of the draft, a file with its facts, a file for the new ones, the number.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';
import { captionsDraft } from './captions-draft.ts';

const [parent = '', factsFile = '', newFactsFile = '', number = ''] = process.argv.slice(2);
const replaces = JSON.parse(fs.readFileSync(factsFile, 'utf8'));
const keep = fs.writeFileSync;
const draft = captionsDraft('new');

let calls = 0;
for (const name of ['mkdirSync', 'renameSync', 'rmdirSync'] as const) {
  const real = fs[name] as (...given: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...given: unknown[]) => {
      calls += 1;
      if (calls === Number(number)) {
        keep(`${dirname(newFactsFile)}/killed-before`, name);
        process.kill(process.pid, 'SIGKILL');
      }
      return real(...given);
    },
  });
}
syncBuiltinESMExports();

const { writeDraftFolder } = await import('../../src/node/index.ts');
await writeDraftFolder(draft, {
  parentFolder: parent,
  replaces,
  beforePlacing: async (files) => keep(newFactsFile, JSON.stringify(files)),
});

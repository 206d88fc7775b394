/** Start-up of the built command line beside bare Node. Usage: `npm run bench -w tools -- start-up [ROUNDS]` */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, measure } from './measure.ts';
import { buildCli, capcutCli, cozecut, machine } from './programs.ts';
import { goalLine, tableOf } from './table.ts';

const rounds = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'cozecut-bench-'));
try {
  buildCli();
  const empty = join(folder, 'empty.js');
  writeFileSync(empty, '');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'echo.js'), 'export const echo = ({ word }) => ({ word });');
  writeFileSync(
    join(folder, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: trivial, version: 1.0.0 }
tools:
  - name: echo
    summary: Says a word again
    handler: ./echo.js#echo
    input: { type: object, required: [word], properties: { word: { type: string, description: What is said } } }
    output: { type: object, properties: { word: { type: string, description: What was said } } }
`,
  );
  const measured = measure(
    [
      { name: 'bare Node', args: () => [empty] },
      { name: 'cozecut --version', args: () => cozecut('--version') },
      { name: 'cozecut --help', args: () => cozecut('--help') },
      { name: 'tool run echo', cwd: folder, args: () => cozecut('tool', 'run', 'echo', '--word', 'hi') },
      { name: 'tool list, built-in', args: () => cozecut('tool', 'list') },
      { name: 'capcut-cli --version', args: () => capcutCli('--version') },
    ],
    rounds,
  );
  const [bare, version, , run] = measured as [Measured, Measured, Measured, Measured];
  console.log(`Start-up, median of ${rounds}; ${machine()}\n`);
  for (const line of tableOf(measured, 'bare Node')) console.log(line);
  console.log('');
  console.log(goalLine('cozecut --version', version.wallMs / bare.wallMs, 1.5, ' × bare Node'));
  console.log(goalLine('tool run of a trivial tool', run.wallMs / bare.wallMs, 2, ' × bare Node'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

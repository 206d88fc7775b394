/**
 * Start-up of the built command line beside bare Node, and how long commands take to say anything. Usage:
 * `npm run bench -w tools -- start-up [ROUNDS]`
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstOutputs } from './first-output.ts';
import { type Measured, measure } from './measure.ts';
import { buildCli, capcutCli, cozecut, machine } from './programs.ts';
import { goalLine, tableOf } from './table.ts';

/** In the folder of a plugin with one tool. */
const COMMANDS = [
  'tool run echo --word hi',
  'tool list',
  '--help',
  'lint --help',
  'config list',
  'draft profiles',
  'catalog search fade',
  'manifest print',
  'manifest check',
  'openapi export',
  'lint',
  'job list',
  'bot list',
  'doctor',
];
/** With the built-in plugin. */
const WITH_BUILT_IN = [
  'tool run create_draft --name News',
  'tool list',
  'job list',
  'openapi export',
  'manifest print',
  'lint',
];

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

  const says = (line: string, cwd = folder) => ({
    name: line,
    cwd,
    args: () => cozecut(...line.split(' ')),
  });
  const firsts = await firstOutputs(
    [
      { name: 'bare Node, to its end', args: () => [empty] },
      ...COMMANDS.map((line) => says(line)),
      ...WITH_BUILT_IN.map((line) => ({ ...says(line, tmpdir()), name: `${line}, built-in` })),
    ],
    rounds,
  );
  const bareMs = firsts[0]!.firstMs;
  console.log('\n| first output of | median ms | least | × bare Node | end |\n|---|--:|--:|--:|--:|');
  for (const { name, firstMs, leastMs, endMs } of firsts) {
    const figures = [firstMs.toFixed(0), leastMs.toFixed(0), (firstMs / bareMs).toFixed(1), endMs.toFixed(0)];
    console.log(`| ${name} | ${figures.join(' | ')} |`);
  }
  console.log(`\nload of the machine: ${loadavg()[0]!.toFixed(1)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnvironment, cozecut, temporaryFolder } from './support.ts';

const folder = temporaryFolder();

async function words(...typed: string[]): Promise<string[]> {
  const { code, stdout } = await cozecut(['completion', '--words', '--', ...typed], { cwd: folder });
  expect(code).toBe(0);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('what can follow', () => {
  test('is a topic or a command', async () => {
    expect(await words('')).toEqual(expect.arrayContaining(['catalog', 'draft', 'lint', 'tool']));
    expect(await words('draft', 'li')).toEqual(['lint']);
    expect(await words('draft', 'template', '')).toEqual(['fill', 'list']);
    expect(await words('nothing', '')).toEqual([]);
  });

  test('is a flag of the command, and then what it takes', async () => {
    expect(await words('draft', 'lint', '--fo')).toEqual(['--force', '--format']);
    expect(await words('lint', 'plugin.yaml', '--format', 'j')).toEqual(['json', 'junit']);
    expect(await words('lint', '--fix', '--qu')).toEqual(['--quiet']);
  });

  test('is a tool of the manifest, and a flag made from its schema', async () => {
    expect(await words('tool', 'show', 'create')).toEqual(['create_draft']);
    const units = ['auto', 'ms', 's', 'us'];
    expect(await words('tool', 'run', 'generate_draft', '--time-unit', '')).toEqual(units);
    expect(await words('tool', 'run', 'generate_draft', '--time_unit', '')).toEqual(units);
  });

  test('is the same behind flags of every command, and of the manifest that is named', async () => {
    expect(await words('--lang', 'zh', 'dra')).toEqual(['draft']);
    expect(await words('tool', '--quiet', 'sh')).toEqual(['show']);
    expect(await words('draft', 'show', '--lang', '')).toEqual(['en', 'zh']);
    writeFileSync(
      join(folder, 'other.yaml'),
      `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: other, version: 1.0.0 }
tools: [{ name: other_tool, summary: Other, input: { type: object }, output: { type: object }, modes: [local, manual], handler: { exec: { argv: [date] } } }]
`,
    );
    expect(await words('tool', 'run', '--manifest', 'other.yaml', '')).toEqual(['other_tool']);
    expect(await words('tool', 'run', '--manifest', 'other.yaml', 'other_tool', '--inp')).toEqual([
      '--input',
    ]);
  });

  test('is a file where nothing else can stand', async () => {
    expect(await words('draft', 'create', '')).toEqual([]);
  });
});

/** Runs a script of a shell that finds `cozecut` on its path. */
function inShell(shell: string, args: string[]): string {
  const program = join(folder, 'cozecut');
  const cli = join(import.meta.dirname, '../bin/run.js');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(program, 0o755);
  const { stdout } = spawnSync(shell, args, {
    cwd: folder,
    env: { ...cleanEnvironment({ TERM: 'dumb' }), PATH: [folder, process.env.PATH].join(delimiter) },
    encoding: 'utf8',
  });
  return stdout;
}

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;
writeFileSync(join(folder, 'a-file.txt'), '');

test('bash completes with the script', () => {
  const script = `source <(cozecut completion bash)
    COMP_WORDS=(cozecut draft sh); COMP_CWORD=2; _cozecut; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(cozecut lint ""); COMP_CWORD=2; _cozecut; echo "[\${COMPREPLY[@]}]"`;
  expect(inShell('bash', ['-c', script])).toBe('show\n[]\n');
});

test.skipIf(!has('zsh'))('zsh completes with the script, from the first Tab on', () => {
  // What the completion of zsh would show is printed.
  const script = `compadd() { print -r -- compadd "\${(P)2[@]}"; }; _files() { print files; }; compdef() { print "$@"; }
    fpath=($PWD $fpath); cozecut completion zsh > _cozecut; autoload -Uz _cozecut
    words=(cozecut draft sh); CURRENT=3; _cozecut; _cozecut
    words=(cozecut lint ""); CURRENT=3; _cozecut
    source =(cozecut completion zsh)`;
  expect(inShell('zsh', ['-f', '-c', script])).toBe('compadd show\ncompadd show\nfiles\n_cozecut cozecut\n');
});

test.skipIf(!has('fish'))('fish completes with the script', () => {
  const script = `cozecut completion fish | source
    complete -C 'cozecut draft sh'; complete -C 'cozecut lint --format j'; complete -C 'cozecut draft create a-f'`;
  expect(inShell('fish', ['--no-config', '-c', script])).toBe('show\njson\njunit\na-file.txt\n');
});

test('there is a script for each shell, and for no other', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await cozecut(['completion', shell], { cwd: folder });
    expect({ shell, code }).toEqual({ shell, code: 0 });
    expect(stdout).toContain('cozecut completion --words --');
  }
  expect(await cozecut(['completion', 'tcsh'], { cwd: folder })).toMatchObject({ code: 2, stdout: '' });
});

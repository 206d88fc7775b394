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

  test('is a file where nothing else can stand', async () => {
    expect(await words('draft', 'create', '')).toEqual([]);
  });
});

test('bash completes with the script', () => {
  const program = join(folder, 'cozecut');
  const cli = join(import.meta.dirname, '../bin/run.js');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(program, 0o755);
  const script = `source <(cozecut completion bash)
    COMP_WORDS=(cozecut draft sh); COMP_CWORD=2; _cozecut; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(cozecut lint ""); COMP_CWORD=2; _cozecut; echo "[\${COMPREPLY[@]}]"`;
  const { stdout } = spawnSync('bash', ['-c', script], {
    cwd: folder,
    env: { ...cleanEnvironment({}), PATH: [folder, process.env.PATH].join(delimiter) },
    encoding: 'utf8',
  });
  expect(stdout).toBe('show\n[]\n');
});

test('there is a script for each shell, and for no other', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await cozecut(['completion', shell], { cwd: folder });
    expect({ shell, code }).toEqual({ shell, code: 0 });
    expect(stdout).toContain('cozecut completion --words --');
  }
  expect(await cozecut(['completion', 'tcsh'], { cwd: folder })).toMatchObject({ code: 2, stdout: '' });
});

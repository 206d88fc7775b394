import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { CLI, cleanEnvironment, cozecut, temporaryFolder } from './support.ts';

const hasTools = ['bash', 'git'].every((name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name))),
);

test.skipIf(!hasTools)(
  'the CI of a new plugin holds the document against that of the base branch',
  async () => {
    const cwd = temporaryFolder();
    expect(await cozecut(['init', 'mine'], { cwd })).toMatchObject({ code: 0 });
    const folder = join(cwd, 'mine');
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
    symlinkSync(CLI, join(folder, 'node_modules/.bin/cozecut'));
    const ci = parse(readFileSync(join(folder, '.github/workflows/ci.yml'), 'utf8'));
    const script = ci.jobs.check.steps
      .find((step: { if?: string }) => step.if !== undefined)
      .run.replaceAll('${{ github.base_ref }}', 'main');
    const bash = (text: string) => {
      const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', text], {
        cwd: folder,
        env: {
          ...cleanEnvironment({ RUNNER_TEMP: cwd, GIT_CONFIG_GLOBAL: '/dev/null' }),
          PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
        },
        encoding: 'utf8',
      });
      return { status, said: stdout + stderr };
    };
    const commit = 'git add -A && git -c user.name=a -c user.email=a@example.com commit -qm a';
    const file = join(folder, 'openapi/coze.yaml');
    const document = readFileSync(file, 'utf8');

    // A base branch that has no document yet is no failure.
    rmSync(file);
    const start = `git init -q && ${commit} && git update-ref refs/remotes/origin/main HEAD`;
    expect(bash(start)).toMatchObject({ status: 0 });
    writeFileSync(file, document);
    expect(bash(script)).toMatchObject({ status: 0 });

    expect(bash(`${commit} && git update-ref refs/remotes/origin/main HEAD`)).toMatchObject({ status: 0 });
    expect(bash(script)).toMatchObject({ status: 0 });
    writeFileSync(file, document.replaceAll('words_per_minute', 'speed'));
    expect(bash(script)).toMatchObject({ status: 3, said: expect.stringContaining('words_per_minute') });
  },
);

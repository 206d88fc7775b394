import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCommands } from './case-suite/command.ts';
import type { Job, Outcome } from './case-suite/worker.ts';
import { cleanEnvironment, cozecut, temporaryFolder } from './support.ts';

const root = join(import.meta.dirname, 'cases');
const names = readdirSync(root);
const scratch = temporaryFolder();
/** Run as processes of their own too: one of each kind of command. */
const SPAWNED = [
  'clean',
  'tool-key-misspelled',
  'print-origins',
  'export-coze',
  'plugin-export-local',
  'diff-removed',
];

let worker: ChildProcess;
beforeAll(() => {
  worker = fork(join(import.meta.dirname, 'case-suite/worker.ts'), {
    execArgv: ['--conditions=@cozecut/source'],
    env: cleanEnvironment({}),
  });
});
afterAll(() => {
  worker.kill();
});

async function runInWorker(job: Job): Promise<Outcome> {
  worker.send(job);
  const [outcome] = await once(worker, 'message');
  return outcome as Outcome;
}

/** Runs the commands of a case in a copy of its folder; what they say and write is its outcome. */
async function outcomeOf(name: string, run: (job: Job) => Promise<Outcome>): Promise<string> {
  const cwd = join(scratch, `${name}-${run.name}`);
  cpSync(join(root, name), cwd, { recursive: true });
  const given = new Set(filesIn(cwd));
  const parts: string[] = [];
  for (const { args, env } of readCommands(readFileSync(join(root, name, 'command'), 'utf8'))) {
    const { code, stdout, stderr } = await run({ args, env, cwd });
    parts.push(`exit ${code}`, section('stdout', stdout), section('stderr', stderr));
  }
  for (const file of filesIn(cwd).filter((one) => !given.has(one))) {
    parts.push(section(file, readFileSync(join(cwd, file), 'utf8')));
  }
  const text = parts.filter((part) => part !== '').join('\n');
  return `${text.replaceAll(`${cwd}/`, '').replaceAll(cwd, '.')}\n`;
}

function filesIn(folder: string): string[] {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const section = (title: string, text: string) => (text === '' ? '' : `--- ${title}\n${text.trimEnd()}`);

describe('cases', () => {
  test('there are many, each with a manifest and a command', () => {
    expect(names.length).toBeGreaterThan(150);
    for (const name of names) {
      for (const file of ['plugin.yaml', 'command', 'expected']) {
        expect(`${name}/${file} ${existsSync(join(root, name, file))}`).toBe(`${name}/${file} true`);
      }
    }
  });

  test.each(names)('%s', async (name) => {
    const outcome = await outcomeOf(name, runInWorker);
    await expect(outcome).toMatchFileSnapshot(join(root, name, 'expected'));
  });

  test.each(SPAWNED)('%s is the same as a process of its own', async (name) => {
    const spawned = async ({ args, cwd, env }: Job): Promise<Outcome> => {
      const { code, stdout, stderr } = await cozecut(args, { cwd, env });
      return { code: code ?? -1, stdout, stderr };
    };
    expect(await outcomeOf(name, spawned)).toBe(readFileSync(join(root, name, 'expected'), 'utf8'));
  });
});

import { runCommand } from '../../src/run.ts';

/** One command line and where it is run. */
export interface Job {
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

/** What came of it. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process, as a process of its own would. */
async function runHere({ args, cwd, env }: Job): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const before = { stdout: process.stdout.write, stderr: process.stderr.write };
  const variables = { ...process.env };
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      written[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      const done = rest.at(-1);
      if (typeof done === 'function') done();
      return true;
    }) as never;
  }
  process.chdir(cwd);
  Object.assign(process.env, env);
  process.exitCode = 0;
  try {
    await runCommand(args);
    return { code: Number(process.exitCode ?? 0), ...written };
  } finally {
    process.stdout.write = before.stdout;
    process.stderr.write = before.stderr;
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, variables);
    process.exitCode = 0;
  }
}

process.on('message', async (job: Job) => {
  process.send?.(await runHere(job));
});

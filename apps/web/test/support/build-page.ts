import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROJECT = join(import.meta.dirname, '../..');
const BUILT = join(PROJECT, 'dist/index.html');
const LOCK = join(PROJECT, 'node_modules/.cozecut-build');
/** A build takes seconds; a lock that is older was left by a run that was ended. */
const ABANDONED_MS = 120_000;

/** Builds the page as `npm run build` does, unless what is there is newer than every source. */
export async function buildPage(): Promise<void> {
  mkdirSync(join(PROJECT, 'node_modules'), { recursive: true });
  while (!isCurrent()) {
    if (!takeLock()) {
      await delay(200);
      continue;
    }
    try {
      const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')));
      execFileSync(process.execPath, [vite, 'build'], {
        cwd: PROJECT,
        // The test runner's own NODE_ENV would make a development build.
        env: { ...process.env, NODE_ENV: 'production' },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    } finally {
      rmdirSync(LOCK);
    }
  }
}

function isCurrent(): boolean {
  if (!existsSync(BUILT)) return false;
  const built = statSync(BUILT).mtimeMs;
  const sources = globSync('{src,public,../../libs/problems/src/chinese}/**/*.*', { cwd: PROJECT }).concat(
    'index.html',
    'vite.config.ts',
  );
  return sources.every((file) => statSync(join(PROJECT, file)).mtimeMs <= built);
}

/** Test files run side by side, and one build is enough. */
function takeLock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    if (existsSync(LOCK) && Date.now() - statSync(LOCK).mtimeMs > ABANDONED_MS) rmdirSync(LOCK);
    return false;
  }
}

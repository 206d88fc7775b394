#!/usr/bin/env node
// Plain JavaScript that every Node since 18 can read: it finds a Node that runs the program, then hands over.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  if (process.argv[2] === '--version') printVersion();
  else await start();
} else {
  handOver();
}

/** The same words as the framework of the commands has, without loading it. */
function printVersion() {
  const { version } = createRequire(import.meta.url)('../package.json');
  console.log(`cozecut/${version} ${process.platform}-${process.arch} node-${process.version}`);
}

async function start() {
  module.enableCompileCache?.();
  const source = new URL('../src/main.ts', import.meta.url);
  const isCheckout = existsSync(source) && !source.pathname.includes('/node_modules/');
  if (isCheckout) await prepareCheckout();
  const main =
    isCheckout && !isBuilt()
      ? (await import(source.href)).main
      : createRequire(import.meta.url)('../dist/main.cjs').main;
  await main();
}

/** In a checkout the sources run as they are, and so do those of the sibling packages that are not in the bundle. */
async function prepareCheckout() {
  module.registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, '@cozecut/source'] }),
  });
  const data = new URL('../../../libs/catalog/data', import.meta.url);
  // No script runs on install, so the first command makes the built-in catalog. Should that fail, a command that
  // needs it says what to do.
  if (!existsSync(data)) {
    await import(new URL('../../../tools/src/catalog/main.ts', import.meta.url).href).catch(() => {});
  }
}

/** Whether there is a bundle that is newer than everything it was made of. */
function isBuilt() {
  try {
    const list = new URL('../dist/sources.json', import.meta.url);
    const { mtimeMs: built } = statSync(list);
    const root = fileURLToPath(new URL('../../../', import.meta.url));
    return JSON.parse(readFileSync(list, 'utf8')).every((file) => statSync(root + file).mtimeMs <= built);
  } catch {
    return false;
  }
}

function handOver() {
  const pinned = pinnedNode();
  if (pinned === undefined) {
    console.error(`cozecut needs Node 22.18 or newer (this is ${process.versions.node}).`);
    process.exit(2);
  }
  const result = spawnSync(pinned, process.argv.slice(1), { stdio: 'inherit' });
  if (result.error) throw result.error;
  if (result.signal) process.kill(process.pid, result.signal);
  process.exit(result.status ?? 1);
}

function pinnedNode() {
  try {
    const require = createRequire(import.meta.url);
    return require.resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return undefined;
  }
}

#!/usr/bin/env node
// Plain JavaScript that every Node since 18 can read: it finds a Node that runs the program, then hands over.
// CommonJS (see package.json beside it) and nothing that is not needed at once: each of these files costs start-up.
const { existsSync, readFileSync, statSync } = require('node:fs');
const module_ = require('node:module');
const { join, sep } = require('node:path');
const { pathToFileURL } = require('node:url');

const app = join(__dirname, '..');
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  if (process.argv[2] === '--version') printVersion();
  else void start();
} else {
  handOver();
}

/** The same words as the framework of the commands has, without loading it. */
function printVersion() {
  const { version } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  console.log(`cozecut/${version} ${process.platform}-${process.arch} node-${process.version}`);
}

async function start() {
  module_.enableCompileCache?.();
  const source = join(app, 'src/main.ts');
  const isCheckout = existsSync(source) && !app.split(sep).includes('node_modules');
  // The sources are written for the pinned Node; the build is for older ones, too.
  if (isCheckout && major < 24 && pinnedNode() !== undefined) return handOver();
  if (isCheckout) await prepareCheckout();
  const { main } = isCheckout && !isBuilt() ? await importFile(source) : require(join(app, 'dist/main.cjs'));
  await main();
}

/** In a checkout the sources run as they are, and so do those of the sibling packages that are not in the bundle. */
async function prepareCheckout() {
  module_.registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, '@cozecut/source'] }),
  });
  // No script runs on install, so the first command makes the built-in catalog. Should that fail, a command that
  // needs it says what to do.
  if (!existsSync(join(app, '../../libs/catalog/data'))) {
    await importFile(join(app, '../../tools/src/catalog/main.ts')).catch(() => {});
  }
}

/** Whether there is a bundle that is newer than everything it was made of. */
function isBuilt() {
  try {
    const list = join(app, 'dist/sources.json');
    const { mtimeMs: built } = statSync(list);
    const root = join(app, '../..') + sep;
    return JSON.parse(readFileSync(list, 'utf8')).every((file) => statSync(root + file).mtimeMs <= built);
  } catch {
    return false;
  }
}

function importFile(file) {
  return import(pathToFileURL(file).href);
}

function handOver() {
  const { spawnSync } = require('node:child_process');
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
    return require.resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return undefined;
  }
}

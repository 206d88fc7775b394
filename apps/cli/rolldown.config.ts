/** Bundles the command line; record 9 in docs/adr says why. Usage: `rolldown -c`, which is the script "build". */
import { globSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { defineConfig, type OutputOptions, type Plugin } from 'rolldown';

const root = join(import.meta.dirname, '../..');
const handlers = globSync('plugins/jianying/src/handlers/*.ts', { cwd: root });

/** What libraries load by `require` at the moment of need, and the file beside the bundle that has it. */
const REQUIRED: Readonly<Record<string, string>> = {
  yaml: 'yaml',
  'ajv/dist/2020.js': 'ajv',
  re2js: 're2js',
};

/**
 * What every command without the framework needs, what every other one needs besides, and what `draft create` needs: one
 * file each, not sixty. A small module that one of the later ones would share with other commands has to be in the
 * first, or those commands load all of it: `test/loading.test.ts` says which they must not load.
 */
const START = {
  name: 'start',
  priority: 3,
  test: /\/(?:cli\/src\/(?:command-line|run-plainly|plain\/(?:command|input-flags)|commands\/(?:draft\/create-plain|tool\/(?:find-tool|list-plain|tool-plain))|services\/(?:run-tool|progress|terminal-answerer))|draft-core\/src\/text\/display-width)\.ts$/,
};
const FRAMEWORK = {
  name: 'framework',
  priority: 2,
  test: /\/cli\/src\/(?:run|base-command)\.ts$/,
};
const DRAFT = {
  name: 'draft',
  priority: 1,
  test: /\/(?:cli\/src\/services\/create-draft|jianying\/src\/handlers\/generate-draft)\.ts$/,
};

const output = {
  dir: 'dist',
  // Loads in half the time that ES modules take.
  format: 'cjs',
  entryFileNames: '[name].cjs',
  // All in one folder, so that what is found relative to a module is found from all of them.
  chunkFileNames: '[name]-[hash].cjs',
  minify: 'dce-only',
  comments: false,
} as const satisfies OutputOptions;

const program = defineConfig({
  input: {
    main: 'src/main.ts',
    commands: 'src/commands.ts',
    // The program of a thread, which is looked for beside the file that starts it.
    'probe-worker': join(root, 'libs/media/src/probe/probe-worker.ts'),
    ...Object.fromEntries(handlers.map((file) => [`jianying/${basename(file, '.ts')}`, join(root, file)])),
  },
  platform: 'node',
  // `import` or `require` is added by how a module is asked for.
  resolve: { conditionNames: ['@cozecut/source', 'node', 'default'] },
  // What is native, or looks for its own files, and only some commands load.
  external: [
    '@aws-sdk/client-s3',
    '@coze/api',
    'better-sqlite3',
    'chokidar',
    'listr2',
    'node-notifier',
    'pg',
    'typescript',
    // Of `ws`, which does without.
    'bufferutil',
    'utf-8-validate',
  ],
  // Node 22 does not know `await using`.
  transform: { target: 'es2024' },
  treeshake: { moduleSideEffects: (id) => !/\/(?:libs|plugins)\/[^/]+\/src\//.test(id) },
  plugins: [requiredFiles(), oneCopy(), ascii(), sources(), licences('LICENCES.txt')],
  output: { ...output, sourcemap: true, codeSplitting: { groups: [START, FRAMEWORK, DRAFT] } },
});

const required = defineConfig({
  input: Object.fromEntries(Object.entries(REQUIRED).map(([specifier, name]) => [name, specifier])),
  platform: 'node',
  plugins: [ascii(), licences('LICENCES-required.txt')],
  output: { ...output, cleanDir: true },
});

// The first one clears the folder.
export default [required, program];

/** Lets `require` of a package at run time find the file beside the bundle. */
function requiredFiles(): Plugin {
  const pattern = /\b(require|createRequire\(import\.meta\.url\))\('([^']+)'\)/g;
  return {
    name: 'required-files',
    transform: {
      filter: { id: /\/libs\/[^/]+\/src\// },
      handler: (code) => {
        const replaced = code.replace(pattern, (whole, caller: string, specifier: string) =>
          specifier in REQUIRED ? `${caller}('./${REQUIRED[specifier]}.cjs')` : whole,
        );
        // No line moves, so that the map of the file stays right.
        return replaced === code ? undefined : { code: replaced, map: null };
      },
    },
  };
}

/** Takes a version of a package that lies in several places from one of them. */
function oneCopy(): Plugin {
  const first = new Map<string, string>();
  return {
    name: 'one-copy',
    async resolveId(source, importer, options) {
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      const [, folder, path] =
        /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)(\/.*)$/.exec(resolved?.id ?? '') ?? [];
      if (!resolved || resolved.external || folder === undefined) return resolved;
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const key = `${name}@${version}`;
      if (!first.has(key)) first.set(key, folder);
      return { ...resolved, id: `${first.get(key)}${path}` };
    },
  };
}

/**
 * Writes what is not ASCII as escapes. One Chinese character makes the engine keep two bytes for each character of a
 * file, and read it more slowly: a megabyte of program.
 */
function ascii(): Plugin {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    name: 'ascii',
    // At the end, since what prints the code does without escapes. No line moves, so that the map stays right.
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk') file.code = file.code.replace(/[\u0080-\uffff]/g, escaped);
    },
  };
}

/**
 * Lists what the bundle was made of, for the launcher: in a checkout a bundle counts when it was begun after the last
 * change of its sources. The list is gone while the bundle is written.
 */
function sources(): Plugin {
  const list = join(import.meta.dirname, 'dist/sources.json');
  const begun = new Date();
  return {
    name: 'sources',
    buildStart: () => rmSync(list, { force: true }),
    writeBundle() {
      const files = [...this.getModuleIds()]
        .filter((id) => id.startsWith(root) && !id.includes('/node_modules/'))
        .map((id) => relative(root, id).replaceAll('\\', '/'));
      const all = [...files, 'apps/cli/rolldown.config.ts', 'package-lock.json'].sort();
      writeFileSync(list, JSON.stringify(all));
      utimesSync(list, begun, begun);
    },
  };
}

/** Puts the licences of the packages of others that are in the bundle beside it. */
function licences(fileName: string): Plugin {
  return {
    name: 'licences',
    generateBundle() {
      const folders = [...this.getModuleIds()].flatMap(
        (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? [],
      );
      const texts = [...new Set(folders)].map(licenceOf).sort();
      this.emitFile({ type: 'asset', fileName, source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}

function licenceOf(folder: string): string {
  const { name, version, license, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const [file] = globSync('{LICEN[CS]E,licen[cs]e,COPYING}{,.md,.txt,-MIT}', { cwd: folder });
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version} (${license}), source: ${repository?.url ?? repository}\n${text}`;
}

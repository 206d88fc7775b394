/** Bundles the command line: `rolldown -c`, the script "build". Record 9 in docs/adr says why. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

const root = join(import.meta.dirname, '../..');
const builtInHandlers = globSync('plugins/jianying/src/handlers/*.ts', { cwd: root });

/** What is asked for by `require` at the moment of need, and the file of the bundle that has it. */
const REQUIRED: Readonly<Record<string, string>> = {
  yaml: 'yaml',
  'ajv/dist/2020.js': 'ajv',
};

const program = defineConfig({
  input: {
    main: 'src/main.ts',
    commands: 'src/commands.ts',
    ...Object.fromEntries(
      builtInHandlers.map((file) => [`jianying/${basename(file, '.ts')}`, join(root, file)]),
    ),
  },
  platform: 'node',
  resolve: { conditionNames: ['@cozecut/source', 'node', 'import', 'default'] },
  // Dependencies of this package that bring native code, or that only long-running commands load.
  external: [/^@cozecut\/(?:server|runner|store|coze-transport)$/, 'listr2', 'node-notifier'],
  treeshake: {
    moduleSideEffects: (id) => !/\/(?:libs|plugins)\/[^/]+\/src\//.test(id),
  },
  plugins: [requiredFiles()],
  output: {
    dir: 'dist',
    // Loads in half the time that ES modules take.
    format: 'cjs',
    entryFileNames: '[name].cjs',
    // All in one folder, so that what is found relative to a module is found from all of them.
    chunkFileNames: '[name]-[hash].cjs',
    sourcemap: true,
    minify: 'dce-only',
    comments: false,
    cleanDir: true,
  },
});

const required = defineConfig({
  input: Object.fromEntries(Object.entries(REQUIRED).map(([specifier, name]) => [name, specifier])),
  platform: 'node',
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    minify: 'dce-only',
    comments: false,
  },
});

export default [program, required];

/** Lets `require` of a package at run time find the file of the bundle. */
function requiredFiles(): Plugin {
  const pattern = /\b(require|createRequire\(import\.meta\.url\))\('([^']+)'\)/g;
  return {
    name: 'required-files',
    transform: {
      filter: { id: /\/libs\/[^/]+\/src\// },
      handler: (code) => {
        const replaced = code.replace(pattern, (whole, caller, specifier) =>
          specifier in REQUIRED ? `${caller}('./${REQUIRED[specifier]}.cjs')` : whole,
        );
        // No line moves, so that the map of the file stays right.
        return replaced === code ? undefined : { code: replaced, map: null };
      },
    },
  };
}

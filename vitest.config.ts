import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { defineConfig } from 'vitest/config';

const here = import.meta.dirname;
const conditions = ['@cozecut/source'];
const roots = globSync('{apps,libs,plugins}/*/package.json', { cwd: here }).map(dirname).concat('tools');

export default defineConfig({
  test: {
    globalSetup: './tools/src/catalog/global-setup.ts',
    projects: roots.map((root) => ({
      ssr: { resolve: { conditions, externalConditions: conditions } },
      test: {
        root: join(here, root),
        name: basename(root),
        environment: 'node' as const,
        include: ['{src,test}/**/*.test.ts'],
        isolate: false,
        testTimeout: 30_000,
        hookTimeout: 60_000,
        setupFiles: join(here, 'tools/src/property-seed.ts'),
        execArgv: ['--conditions=@cozecut/source'],
      },
    })),
  },
});

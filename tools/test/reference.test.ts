import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test.each(globSync('libs/*/package.json', { cwd: root }).sort())(
  'every way into %s is in the reference',
  (file) => {
    const { exports, typedocOptions } = JSON.parse(readFileSync(join(root, file), 'utf8')) as {
      exports: Record<string, string | Record<string, string>>;
      typedocOptions?: { entryPoints: string[] };
    };
    const sources = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [] : [target['@cozecut/source']!.replace('./', '')],
    );
    expect([...(typedocOptions?.entryPoints ?? ['src/index.ts'])].sort()).toEqual(sources.sort());
  },
);

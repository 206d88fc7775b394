import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'rolldown';

/** Makes one file of the writer and all it imports: hundreds of them are started, and finding files is most of that. */
export async function bundleWriter(folder: string): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const file = join(folder, 'writer.mjs');
  await build({
    input: join(import.meta.dirname, 'writer.ts'),
    platform: 'node',
    // What finds its files beside itself stays where it is, and what is not used outside.
    external: ['better-sqlite3', 'pg', '@aws-sdk/client-s3'],
    resolve: { conditionNames: ['@cozecut/source', 'node', 'import'] },
    output: {
      file,
      format: 'esm',
      codeSplitting: false,
      paths: { 'better-sqlite3': resolve('better-sqlite3'), pg: resolve('pg') },
    },
    logLevel: 'silent',
  });
  return file;
}

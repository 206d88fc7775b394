/** Parses a manifest ahead, as part of a build. Usage: `node parse-ahead.ts PLUGIN_YAML OUT_FILE` */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { diskFiles, parseAhead } from '@cozecut/manifest';

const [manifest, out] = process.argv.slice(2);
if (manifest === undefined || out === undefined) throw new Error('expected a manifest and a file to write');
writeFileSync(out, parseAhead(resolve(manifest), diskFiles));

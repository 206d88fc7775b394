/**
 * Makes the built-in resource catalog, `libs/catalog/data`. It is not committed: whatever needs it depends on the
 * target `data` of the catalog, or makes it when it is missing.
 *
 * Usage: `node --conditions=@cozecut/source tools/src/catalog/main.ts`
 */
import { join } from 'node:path';
import { writeBuiltIn } from './built-in.ts';

writeBuiltIn(join(import.meta.dirname, '../../../libs/catalog/data'));

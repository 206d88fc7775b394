import { isUserError, UserError } from '@cozecut/problems';
import { Reader } from '../compose/reader.ts';
import type { ManifestFiles } from '../files.ts';
import { toValue } from '../source/node.ts';
import type { OpenapiProfile } from '../types.ts';
import { asMap, type Data, isMap } from './operations.ts';

/**
 * Reads an OpenAPI document, YAML or JSON, as it is written.
 *
 * @param file - Absolute path.
 * @throws UserError OPENAPI_UNREADABLE when the file cannot be read.
 * @throws UserError OPENAPI_INVALID when it is no YAML or JSON, with every problem, or has no `paths`.
 */
export function readOpenapi(file: string, files: ManifestFiles): Data {
  const reader = new Reader(files);
  const { root, unreadable } = reader.open(file);
  if (unreadable !== undefined) {
    if (isUserError(unreadable)) throw unreadable;
    const reason = unreadable instanceof Error ? unreadable.message : String(unreadable);
    throw new UserError('OPENAPI_UNREADABLE', `the document cannot be read: ${reason}`, {
      cause: unreadable,
    });
  }
  if (root === undefined) throw UserError.fromProblems('OPENAPI_INVALID', reader.problems);
  const document = toValue(root);
  if (isMap(document) && typeof document.openapi === 'string' && isMap(document.paths)) return document;
  throw new UserError('OPENAPI_INVALID', `${file} is no OpenAPI document: it needs "openapi" and "paths"`);
}

/** Which profile a document was exported for, as far as it shows. */
export function profileOf(document: Data): OpenapiProfile {
  if (String(document.openapi).startsWith('3.1')) return 'full';
  const operations = Object.values(asMap(document.paths)).flatMap((item) => Object.values(asMap(item)));
  return operations.some((operation) => 'x-functionName' in asMap(operation)) ? 'local' : 'coze';
}

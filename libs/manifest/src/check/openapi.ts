import type { PathSegment, Problem } from '@cozecut/problems';
import { child, entriesOf, type Node, problemAt, textOf } from '../source/node.ts';

/** The version that the schemas of each profile are written in. */
const VERSIONS: Readonly<Record<string, string>> = { coze: '3.0', local: '3.0', full: '3.1' };

/** Checks that each profile asks for what its document can be. */
export function checkOpenapi(root: Node, problems: Problem[]): void {
  const base: PathSegment[] = ['openapi', 'profiles'];
  for (const [name, { value }] of entriesOf(child(child(root, 'openapi'), 'profiles'))) {
    const report = (key: string, code: string, message: string) =>
      problems.push(problemAt(root, [...base, name, key], 'value', { code, severity: 'error', message }));
    const version = textOf(child(value, 'openapi'));
    const wanted = VERSIONS[name];
    if (version !== undefined && wanted !== undefined && !version.startsWith(wanted)) {
      const message = `the document of the profile ${name} is of version ${wanted} (got ${version})`;
      report('openapi', 'PROFILE_VERSION', message);
    }
    const inline = child(value, 'inlineSchemas');
    if (inline?.kind === 'scalar' && inline.value === false) {
      report(
        'inlineSchemas',
        'PROFILE_INLINE',
        'schemas are always written in place: leave inlineSchemas out',
      );
    }
  }
}

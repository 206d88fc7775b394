import { closest, type Problem } from '@cozecut/problems';
import { child, entriesOf, type Node, problemAt } from '../source/node.ts';

/** Name of the deployment that is there without being written. */
export const BUILT_IN_DEPLOYMENT = 'local';

/**
 * Picks the deployment: the one that was asked for, else `local`, else the only one. A manifest without
 * deployments has a built-in `local` one.
 */
export function selectDeployment(
  root: Node,
  asked: string | undefined,
  problems: Problem[],
): { name: string | undefined; names: string[] } {
  const names = entriesOf(child(root, 'deployments')).map(([name]) => name);
  const available = names.length === 0 ? [BUILT_IN_DEPLOYMENT] : names;
  if (asked !== undefined) {
    if (available.includes(asked)) return { name: asked, names: available };
    problems.push(
      problemAt(root, ['deployments'], 'key', {
        code: 'DEPLOYMENT_UNKNOWN',
        severity: 'error',
        message: `there is no deployment "${asked}"; there is ${available.join(', ')}`,
        suggestions: closest(asked, available),
      }),
    );
    return { name: undefined, names: available };
  }
  if (available.includes(BUILT_IN_DEPLOYMENT)) return { name: BUILT_IN_DEPLOYMENT, names: available };
  if (available.length === 1) return { name: available[0], names: available };
  problems.push(
    problemAt(root, ['deployments'], 'key', {
      code: 'DEPLOYMENT_AMBIGUOUS',
      severity: 'error',
      message: `choose one of the deployments ${available.join(', ')}: none is called ${BUILT_IN_DEPLOYMENT}`,
    }),
  );
  return { name: undefined, names: available };
}

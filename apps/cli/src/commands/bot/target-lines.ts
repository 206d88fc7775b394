import type { ListedTarget } from '../../services/coze/list.ts';

/** One line for each bot or workflow: id, name, binding, and a word where it is not published. */
export function targetLines(targets: readonly ListedTarget[], unpublished: string): string[] {
  const width = Math.max(0, ...targets.map(({ id }) => id.length));
  return targets.map(({ id, name, binding, published }) =>
    [
      id.padEnd(width),
      name,
      ...(binding === undefined ? [] : [`= ${binding}`]),
      ...(published === false ? [`(${unpublished})`] : []),
    ].join('  '),
  );
}

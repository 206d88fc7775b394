import type { Tool } from '@cozecut/manifest';

/** What became of the tools of a plugin between two versions of its manifest. */
export interface ToolChanges {
  added: string[];
  removed: string[];
  /** Tools of which anything but the place in the file is different. */
  changed: string[];
}

/** Compares the tools that are switched on, by name. */
export function toolChanges(former: readonly Tool[], current: readonly Tool[]): ToolChanges {
  const before = fingerprints(former);
  const after = fingerprints(current);
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    changed: [...after].flatMap(([name, print]) =>
      before.has(name) && before.get(name) !== print ? [name] : [],
    ),
  };
}

function fingerprints(tools: readonly Tool[]): Map<string, string> {
  return new Map(
    tools.filter((tool) => tool.enabled).map(({ location: _, ...tool }) => [tool.name, JSON.stringify(tool)]),
  );
}

import { dirname, resolve } from 'node:path';
import { child, itemsOf, locationOf, type Node, textOf } from '../source/node.ts';
import type { OverlayFile } from '../types.ts';

/** The overlays that a manifest names, taken from its folder. */
export function overlayFiles(root: Node, manifest: string): OverlayFile[] {
  return itemsOf(child(child(root, 'openapi'), 'overlays')).flatMap((node) => {
    const text = textOf(node);
    if (text === undefined) return [];
    const location = locationOf(node) ?? { file: manifest, start: { line: 1, column: 1 } };
    return [{ file: resolve(dirname(manifest), text), location }];
  });
}

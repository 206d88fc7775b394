import type { Problem } from '@cozecut/problems';
import { whyUnsafeFileName } from '../file-name.ts';

const guid = /^\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;

/** DR150, DR151: whether a name can be the name of a draft folder; an empty list when it can. */
export function checkDraftName(name: string): Problem[] {
  const why = whyUnsafe(name);
  if (why !== undefined) {
    return [
      {
        code: 'DR150',
        severity: 'error',
        pointer: '/name',
        message: `unsafe draft name ${JSON.stringify(name)}: ${why}`,
        hint: 'use one plain folder name',
      },
    ];
  }
  if (!guid.test(name)) return [];
  const message = `draft name "${name}" is a bare GUID; the app may rename the folder`;
  return [{ code: 'DR151', severity: 'warning', pointer: '/name', message, hint: 'give it a readable name' }];
}

function whyUnsafe(name: string): string | undefined {
  if (name.trim() === '') return 'it is empty';
  if (name.startsWith('.')) return 'it starts with a dot';
  if (/[/\\]/.test(name)) return 'it has a path separator';
  if (/^[a-z]:/i.test(name)) return 'it starts with a drive';
  if (/[<>:"|?*]/.test(name)) return 'it has one of < > : " | ? *, which Windows refuses';
  if (new TextEncoder().encode(name).length > 200) return 'it is longer than 200 bytes';
  return whyUnsafeFileName(name);
}

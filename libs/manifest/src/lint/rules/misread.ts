import { showValue } from '@cozecut/problems';
import { nameOf } from '../engine.ts';
import type { Misread } from '../server/misreads.ts';
import type { Context } from '../types.ts';

/** The rule that speaks about a value of a wrong type; the first one for what no other rule is about. */
export function ownerOf({ kind, key }: Misread): string {
  switch (kind) {
    case 'document':
      return { openapi: 'CZ002', info: 'CZ004', paths: 'CZ101' }[key] ?? 'CZ001';
    case 'info':
      return { title: 'CZ005', version: 'CZ005', description: 'CZ006' }[key] ?? 'CZ001';
    case 'operation':
      return { operationId: 'CZ104', summary: 'CZ106', responses: 'CZ210' }[key] ?? 'CZ001';
    case 'parameter':
      return { in: 'CZ112', schema: 'CZ113', name: 'CZ113' }[key] ?? 'CZ001';
    case 'schema':
      return (
        { type: 'CZ303', exclusiveMinimum: 'CZ303', exclusiveMaximum: 'CZ303', items: 'CZ302' }[key] ??
        'CZ001'
      );
    default:
      return 'CZ001';
  }
}

/** The misread values that a rule speaks about. */
export function misreadsOf(id: string, { document }: Context): Misread[] {
  return document.misreads.filter((misread) => ownerOf(misread) === id);
}

/** Reports the misread values that a rule speaks about. */
export function reportMisreads(
  id: string,
  context: Context,
  extra: (misread: Misread) => Partial<Parameters<Context['report']>[0]> = () => ({}),
): void {
  for (const misread of misreadsOf(id, context)) {
    const { path, expected, value, predicted } = misread;
    context.report({
      path,
      message: `${nameOf(path)} must be ${expected} (got ${showValue(value)})`,
      predicted,
      phase: 'load',
      ...extra(misread),
    });
  }
}

/** What a version says about the one before. */
export type Bump = 'major' | 'minor' | 'patch' | 'none' | 'lower' | 'unknown';

/** How a version follows another one, by semantic versioning. */
export function bumpOf(from: string | undefined, to: string | undefined): Bump {
  const before = numbersOf(from);
  const after = numbersOf(to);
  if (before === undefined || after === undefined) return 'unknown';
  for (const [index, bump] of (['major', 'minor', 'patch'] as const).entries()) {
    const step = after[index]! - before[index]!;
    if (step > 0) return bump;
    if (step < 0) return 'lower';
  }
  return 'none';
}

/** The lowest version that may carry a change of this kind after a version. */
export function nextVersion(from: string | undefined, bump: 'major' | 'minor' | 'patch'): string | undefined {
  const [major = 0, minor = 0, patch = 0] = numbersOf(from) ?? [];
  if (numbersOf(from) === undefined) return undefined;
  if (bump === 'major') return `${major + 1}.0.0`;
  return bump === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

function numbersOf(version: string | undefined): number[] | undefined {
  return /^v?(\d+)\.(\d+)\.(\d+)(?:[-+]|$)/
    .exec(version ?? '')
    ?.slice(1, 4)
    .map(Number);
}

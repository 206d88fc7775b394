import { Badge } from '@mantine/core';

/** How good something is; the words say it as well. */
export type Tone = 'good' | 'busy' | 'bad' | 'quiet';

const COLORS = { good: 'accent', busy: 'blue', bad: 'red', quiet: 'gray' } as const;

/** A state in one word. */
export function StatusBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Badge variant="light" radius="sm" color={COLORS[tone]} tt="none" fw={600} style={{ flexShrink: 0 }}>
      {children}
    </Badge>
  );
}

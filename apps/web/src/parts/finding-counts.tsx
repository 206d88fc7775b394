import { Badge, Group } from '@mantine/core';
import type { Finding } from '../api/failure.ts';
import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

const COLORS = { error: 'red', warning: 'yellow', info: 'blue' } as const;
const WORDS = { error: 'errors', warning: 'warnings', info: 'notes' } as const;

/** How many findings there are of each kind; nothing for a kind that has none. */
export function FindingCounts({ counts }: { counts: Readonly<Record<Finding['severity'], number>> }) {
  const say = useTexts(TEXTS);
  return (
    <Group gap={6} role="status">
      {(['error', 'warning', 'info'] as const)
        .filter((severity) => counts[severity] > 0)
        .map((severity) => (
          <Badge key={severity} variant="light" color={COLORS[severity]} tt="none" radius="sm">
            {say(WORDS[severity], { count: counts[severity] })}
          </Badge>
        ))}
    </Group>
  );
}

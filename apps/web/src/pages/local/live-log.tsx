import { Code, ScrollArea, Stack, Text } from '@mantine/core';
import type { LiveEvent } from '../../api/live-events.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';

/** A line for one event: what it is, and the words in it. */
function wordsOf({ type, data }: LiveEvent): string {
  const { text, tool, message, status, code, name, durationMs, question } = data as Record<string, unknown>;
  const parts = [tool, status, text, question === undefined ? undefined : JSON.stringify(question)]
    .concat(message, name, code, typeof durationMs === 'number' ? `${durationMs} ms` : undefined)
    .filter((part) => typeof part === 'string' && part !== '');
  return `${type}  ${parts.join(' · ')}`.slice(0, 300);
}

/** Everything as it comes, the newest first. */
export function LiveLog({ lines }: { lines: readonly LiveEvent[] }) {
  const say = useTexts(TEXTS);
  return (
    <Panel title={say('log')}>
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {say('logEmpty')}
        </Text>
      ) : (
        <ScrollArea.Autosize mah={260} viewportProps={{ tabIndex: 0, role: 'log', 'aria-label': say('log') }}>
          <Stack gap={2}>
            {lines.toReversed().map((line) => (
              <Code key={line.id} className="line">
                {wordsOf(line)}
              </Code>
            ))}
          </Stack>
        </ScrollArea.Autosize>
      )}
    </Panel>
  );
}

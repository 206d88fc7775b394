import { Accordion, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import type { ToolEntry } from './entries.ts';
import { TEXTS } from './texts.ts';

const STATES = {
  running: ['busy', 'toolRunning'],
  done: ['good', 'toolDone'],
  failed: ['bad', 'toolFailed'],
} as const;

/** A call of a tool in one line; its input and output behind it. */
export function ToolCall({ entry }: { entry: ToolEntry }) {
  const say = useTexts(TEXTS);
  const told = useTold();
  const { duration } = useFormats();
  const { tool, status, input, output, error, progress, durationMs, isReplayed } = entry;
  const [tone, words] = STATES[status];
  return (
    <Accordion variant="contained" radius="md" chevronPosition="left" order={3}>
      <Accordion.Item value="call">
        <Accordion.Control py={4}>
          <Group gap="xs" wrap="wrap">
            <Code fz="sm">{tool}</Code>
            {status === 'running' && <Loader size={14} aria-hidden />}
            <StatusBadge tone={tone}>{say(isReplayed ? 'toolReplayed' : words)}</StatusBadge>
            {durationMs !== undefined && !isReplayed && (
              <Text size="sm" c="dimmed">
                {duration(durationMs)}
              </Text>
            )}
            {status === 'running' && progress !== undefined && (
              <Text size="sm" c="dimmed">
                {progress}
              </Text>
            )}
            {error !== undefined && (
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {told.message(error.code, error.message)}
              </Text>
            )}
          </Group>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="xs">
            {input !== undefined && (
              <JsonView value={input} label={say('inputOf', { tool })} maxHeight={220} />
            )}
            {output !== undefined && (
              <JsonView value={output} label={say('outputOf', { tool })} maxHeight={280} />
            )}
            {error !== undefined && (
              <JsonView value={error} label={say('outputOf', { tool })} maxHeight={280} />
            )}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

import { Group, Stack, Text } from '@mantine/core';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { TEXTS } from './texts.ts';
import type { ChatTool } from './use-chat.ts';

const TONES = { running: 'busy', done: 'good', failed: 'bad' } as const;
const WORDS = { running: 'toolRunning', done: 'toolDone', failed: 'toolFailed' } as const;

/** The tools that a bot has called in a chat, each with what became of it. */
export function ToolLines({ tools }: { tools: readonly ChatTool[] }) {
  return tools.map((tool) => <ToolLine key={tool.callId} of={tool} />);
}

function ToolLine({ of: { tool, status, error } }: { of: ChatTool }) {
  const say = useTexts(TEXTS);
  const told = useTold();
  return (
    <Stack gap={2}>
      <Group>
        <StatusBadge tone={TONES[status]}>{say(WORDS[status], { tool })}</StatusBadge>
      </Group>
      {error !== undefined && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {told.message(error.code, error.message)}
        </Text>
      )}
      {error?.hint !== undefined && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {told.hint(error.hint)}
        </Text>
      )}
    </Stack>
  );
}

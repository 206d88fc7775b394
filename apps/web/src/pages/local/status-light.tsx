import { Box, Group, Text } from '@mantine/core';
import { useAlive } from '../../api/use-alive.ts';
import { useTexts } from '../../language/language.tsx';
import { TEXTS } from './texts.ts';
import type { LocalState } from './use-local.ts';

const LIGHTS = {
  off: ['gray.5', 'stateOff'],
  starting: ['yellow.6', 'stateStarting'],
  listening: ['green.6', 'stateListening'],
  thinking: ['blue.6', 'stateThinking'],
  error: ['red.6', 'stateError'],
} as const satisfies Record<LocalState['status'], readonly [string, keyof typeof TEXTS]>;

/** A light and a word for how the service stands; read out when it changes. */
export function StatusLight({ status }: { status: LocalState['status'] }) {
  const say = useTexts(TEXTS);
  // What is known of it is from before.
  const isAway = useAlive().isError;
  const [color, words] = isAway ? (['red.6', 'stateAway'] as const) : LIGHTS[status];
  const isBusy = !isAway && (status === 'starting' || status === 'thinking');
  return (
    <Group gap={8} wrap="nowrap" role="status">
      <Box w={12} h={12} bg={color} className={isBusy ? 'light busy' : 'light'} />
      <Text fw={600} size="sm">
        {say(words)}
      </Text>
    </Group>
  );
}

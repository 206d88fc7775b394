import { Box, Group, Text, Tooltip } from '@mantine/core';
import { useAlive } from '../api/use-alive.ts';
import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

/** A light that says whether the server answers. */
export function ServerState() {
  const say = useTexts(TEXTS);
  const { data, isError } = useAlive();
  if (data === undefined && !isError) return null;
  const words = say(isError ? 'silent' : 'answers');
  return (
    <Tooltip label={words}>
      <Group gap={6} wrap="nowrap" role="img" aria-label={words}>
        <Box w={9} h={9} bg={isError ? 'red.6' : 'green.6'} style={{ borderRadius: '50%' }} />
        <Text size="xs" c="dimmed" visibleFrom="md" component="span">
          {isError ? words : say('version', { version: data?.version ?? '' })}
        </Text>
      </Group>
    </Tooltip>
  );
}

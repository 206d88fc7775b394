import { Box, Group, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { failureOf } from '../api/failure.ts';
import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

const EVERY_MS = 15_000;

/** A light that says whether the server answers. */
export function ServerState() {
  const say = useTexts(TEXTS);
  const api = useApi();
  const { data, isError } = useQuery({
    queryKey: ['alive'],
    queryFn: async ({ signal }) => {
      const response = await api.fetch('livez', { signal });
      if (!response.ok) throw failureOf(response.status, undefined);
      return (await response.json()) as { version: string };
    },
    refetchInterval: EVERY_MS,
    retry: false,
  });
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

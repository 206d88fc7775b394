import { NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { Icon } from '../icons.tsx';
import { useTexts } from '../language/language.tsx';
import { PAGES, type PageEntry } from '../pages/index.ts';
import { TEXTS } from './texts.ts';

const GROUPS = ['make', 'run', 'build'] as const;

/** Links to the pages, in groups. */
export function Navigation({ current, onGo }: { current: PageEntry['id'] | undefined; onGo: () => void }) {
  const say = useTexts(TEXTS);
  return (
    <ScrollArea type="never">
      {GROUPS.map((group) => (
        <Stack key={group} gap={2} mb="sm">
          <Text size="xs" fw={600} c="dimmed" px="sm" py={4}>
            {say(group)}
          </Text>
          {PAGES.filter((page) => page.group === group).map(({ id }) => (
            <NavLink
              key={id}
              component={Link}
              href={`/${id}`}
              onClick={onGo}
              active={id === current}
              aria-current={id === current ? 'page' : undefined}
              label={say(id)}
              leftSection={<Icon name={id} />}
              fw={id === current ? 600 : undefined}
              py={7}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          ))}
        </Stack>
      ))}
    </ScrollArea>
  );
}

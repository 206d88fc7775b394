import { ActionIcon, Button, Group, Tooltip, useMantineColorScheme } from '@mantine/core';
import { useAuth } from '../api/api-context.tsx';
import { Icon } from '../icons.tsx';
import { useLanguage, useTexts } from '../language/language.tsx';
import { useScheme } from '../use-scheme.ts';
import { ServerState } from './server-state.tsx';
import { TEXTS } from './texts.ts';

/** How the server is, the language, the colours, and the way out. */
export function HeaderActions() {
  const say = useTexts(TEXTS);
  const { switchLanguage } = useLanguage();
  const { hasToken, signOut } = useAuth();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useScheme() === 'dark';
  const colours = say(isDark ? 'toLight' : 'toDark');
  return (
    <Group gap="xs" wrap="nowrap">
      <ServerState />
      {hasToken && (
        <Button variant="subtle" size="compact-sm" onClick={signOut}>
          {say('signOut')}
        </Button>
      )}
      <Button
        variant="default"
        size="compact-sm"
        onClick={switchLanguage}
        lang={say('otherLanguage') === 'English' ? 'en' : 'zh-CN'}
      >
        {say('otherLanguage')}
      </Button>
      <Tooltip label={colours}>
        <ActionIcon
          variant="default"
          aria-label={colours}
          onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
        >
          <Icon name={isDark ? 'sun' : 'moon'} size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

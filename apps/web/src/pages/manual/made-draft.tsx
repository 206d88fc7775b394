import { Button, Code, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import type { Finding } from '../../api/failure.ts';
import { useMe } from '../../api/use-me.ts';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { Download } from '../../parts/download.tsx';
import { Findings } from '../../parts/findings.tsx';
import { InstallResult } from '../../parts/install.tsx';
import { useMaking } from './making.tsx';
import { TEXTS } from './texts.ts';

/** A draft that was made, and the ways it can go on from here. */
export function MadeDraft(props: {
  draft: Schemas['DraftStatus'];
  known: readonly Finding[];
  putsIntoEditor: boolean;
}) {
  const { draft, known, putsIntoEditor } = props;
  const say = useTexts(TEXTS);
  const told = useTold();
  const hasEditor = useMe().data?.features.includes('install') ?? false;
  const install = useMaking().installOf(draft.draft_id);
  const isReady = draft.status === 'completed';
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <ThemeIcon color={isReady ? 'green' : 'red'} variant="light" size="sm" radius="xl">
          <Icon name={isReady ? 'check' : 'cross'} size={12} />
        </ThemeIcon>
        <Text fw={600} role="heading" aria-level={3}>
          {isReady ? say('completed') : say('failed')}
        </Text>
      </Group>
      {draft.message !== '' && !isReady && <Text size="sm">{told.message(undefined, draft.message)}</Text>}
      {draft.folder_path !== undefined && (
        <Text size="sm">
          {say('folder')}: <Code>{draft.folder_path}</Code>
        </Text>
      )}
      <Group gap="sm">
        {isReady && hasEditor && install.data === undefined && (
          <Button
            onClick={() => install.mutate({})}
            loading={install.isPending}
            variant={putsIntoEditor ? 'default' : 'filled'}
          >
            {say('install')}
          </Button>
        )}
        {draft.links.archive !== undefined && (
          <Download path={draft.links.archive} isMain={!hasEditor}>
            {say('download')}
          </Download>
        )}
        <Button component={Link} href={`/drafts/${draft.draft_id}`} variant="default">
          {say('seeDraft')}
        </Button>
      </Group>
      <InstallResult install={install} />
      {isReady && !hasEditor && (
        <Text size="sm" c="dimmed">
          {say('zipHint')}
        </Text>
      )}
      <Findings findings={draft.problems.filter((one) => !known.some((other) => isSame(one, other)))} />
    </Stack>
  );
}

function isSame(a: Finding, b: Finding): boolean {
  return a.code === b.code && a.message === b.message;
}

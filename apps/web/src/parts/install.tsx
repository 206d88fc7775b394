import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { type Api, answerOf } from '../api/client.ts';
import { Failure } from '../api/failure.ts';
import { Icon } from '../icons.tsx';
import { useTexts } from '../language/language.tsx';
import { Failed } from './failed.tsx';
import { Findings } from './findings.tsx';
import { TEXTS } from './texts.ts';

/** How the way of a draft into the editor is, and what sends it there. */
export interface Install {
  data: Awaited<ReturnType<typeof putIntoEditor>> | undefined;
  error: unknown;
  isPending: boolean;
  mutate(body: { replace?: boolean }): void;
}

/** Nothing was tried. */
export const NOT_INSTALLED: Omit<Install, 'mutate'> = { data: undefined, error: null, isPending: false };

/** Puts a draft into the editor on the machine of the server. @throws Failure */
export function putIntoEditor({ client }: Api, draftId: string, body: { replace?: boolean }) {
  return answerOf(client.POST('/v1/drafts/{id}/install', { params: { path: { id: draftId } }, body }));
}

/** The same for as long as it is shown. */
export function useInstall(draftId: string): Install {
  const api = useApi();
  return useMutation({
    mutationFn: (body: { replace?: boolean }) => putIntoEditor(api, draftId, body),
  });
}

/** What came of it, with what can be done about a refusal. */
export function InstallResult({ install }: { install: Install }) {
  const say = useTexts(TEXTS);
  const { data, error, isPending, mutate } = install;
  if (isPending) return <Text size="sm">{say('installing')}</Text>;
  if (data !== undefined) {
    return (
      <Alert color="green" variant="light" role="status" icon={<Icon name="check" />}>
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {say(data.app === 'capcut' ? 'installedCapcut' : 'installedJianying')}
          </Text>
          <Findings findings={data.findings} />
        </Stack>
      </Alert>
    );
  }
  if (error === null) return null;
  const code = error instanceof Failure ? error.code : '';
  if (code === 'EDITOR_RUNNING') {
    return (
      <Alert
        color="yellow"
        variant="light"
        role="alert"
        icon={<Icon name="warning" />}
        title={say('running')}
      >
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{say('runningHint')}</Text>
          <Button size="compact-sm" variant="default" onClick={() => mutate({})}>
            {say('again')}
          </Button>
        </Stack>
      </Alert>
    );
  }
  return (
    <Stack gap="xs">
      <Failed error={error} onRetry={() => mutate({})} />
      {code === 'DRAFT_EXISTS' && (
        <Group>
          <Button size="compact-sm" variant="default" onClick={() => mutate({ replace: true })}>
            {say('replace')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

import { Box, Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useRoute } from 'wouter';
import { useApi } from '../../api/api-context.tsx';
import { isGone } from '../../api/failure.ts';
import { useMe } from '../../api/use-me.ts';
import { useTexts } from '../../language/language.tsx';
import { Back } from '../../parts/back.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SessionList } from './session-list.tsx';
import { SessionView } from './session-view.tsx';
import { taskOf } from './task.ts';
import { TEXTS } from './texts.ts';
import { useSessions } from './use-sessions.ts';

const EVERY_MS = 2_000;

/** Conversations with a bot through this server. On a phone either the list or one of them. */
export default function Page() {
  const say = useTexts(TEXTS);
  const { data: me, error, refetch } = useMe();
  return (
    <>
      <PageHead title={say('title')} intro={say('intro')} />
      {me === undefined ? (
        error === null ? (
          <Loading />
        ) : (
          <Failed error={error} onRetry={() => void refetch()} />
        )
      ) : me.features.includes('sessions') ? (
        <Sessions />
      ) : (
        <Empty icon="sessions" title={say('missing')}>
          {say('missingText')}
        </Empty>
      )}
    </>
  );
}

function Sessions() {
  const say = useTexts(TEXTS);
  const sessions = useSessions();
  const [, params] = useRoute('/sessions/:id');
  return (
    <Grid>
      <Grid.Col span={{ base: 12, md: 4 }} {...(params !== null && { visibleFrom: 'md' })}>
        <SessionList sessions={sessions} current={params?.id} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        {params === null ? (
          <Box visibleFrom="md">
            <Panel>
              <Empty icon="sessions" title={say('choose')}>
                {say('chooseText')}
              </Empty>
            </Panel>
          </Box>
        ) : (
          <Stack gap="sm">
            <Back href="/sessions" hiddenFrom="md">
              {say('back')}
            </Back>
            <Chosen key={params.id} id={params.id} remove={sessions.remove} />
          </Stack>
        )}
      </Grid.Col>
    </Grid>
  );
}

function Chosen({ id, remove }: { id: string; remove: ReturnType<typeof useSessions>['remove'] }) {
  const { client } = useApi();
  const [, go] = useLocation();
  const { data, error, refetch } = useQuery({
    queryKey: ['session', id],
    queryFn: ({ signal }) => taskOf(client.GET('/coze/sessions/{id}', { params: { path: { id } }, signal })),
    // A chat that somebody else begins is told by the session alone.
    refetchInterval: EVERY_MS,
  });
  if (data === undefined || isGone(error)) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return (
    <SessionView
      session={data}
      onAsk={remove.reset}
      onRemove={() => remove.mutate(id, { onSuccess: () => go('/sessions') })}
      isRemoving={remove.isPending}
      error={remove.error}
    />
  );
}

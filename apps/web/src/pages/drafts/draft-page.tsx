import { Anchor, Button, Code, Grid, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../api/api-context.tsx';
import { answerOf } from '../../api/client.ts';
import { isGone } from '../../api/failure.ts';
import { useLive } from '../../api/use-live.ts';
import { useMe } from '../../api/use-me.ts';
import { useRenewal } from '../../api/use-renewal.ts';
import { useTexts } from '../../language/language.tsx';
import { Back } from '../../parts/back.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Download } from '../../parts/download.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { InstallResult, useInstall } from '../../parts/install.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ServerPicture } from '../../parts/server-picture.tsx';
import { DraftFindings } from './draft-findings.tsx';
import { DraftState } from './draft-state.tsx';
import { Revisions } from './revisions.tsx';
import { TEXTS } from './texts.ts';
import { TimelineJson } from './timeline-json.tsx';

const EVERY_MS = 5_000;

/** One draft: how far it is, its picture, its former states, and where it can go. */
export function DraftPage({ id }: { id: string }) {
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const renew = useRenewal();
  const hasEditor = useMe().data?.features.includes('install') ?? false;
  const install = useInstall(id);
  const [chosen, setChosen] = useState<number>();
  const params = { path: { id } };
  const status = useQuery({
    queryKey: ['draft', id, 'status'],
    queryFn: ({ signal }) => answerOf(client.GET('/api/draft/status/{id}', { params, signal })),
    // Nothing tells that a draft is gone.
    refetchInterval: ({ state }) => (isGone(state.error) ? false : EVERY_MS),
  });
  const { data: revisions } = useQuery({
    queryKey: ['draft', id, 'newest'],
    queryFn: ({ signal }) =>
      answerOf(
        client.GET('/v1/drafts/{id}/revisions', { params: { ...params, query: { limit: 1 } }, signal }),
      ),
    retry: false,
  });
  const timeline = useQuery({
    queryKey: ['draft', id, 'timeline'],
    queryFn: ({ signal }) => answerOf(client.GET('/v1/drafts/{id}/timeline', { params, signal })),
    retry: false,
  });
  // How the draft is comes to who begins to watch. What came before the first answer would ask for nothing anew.
  const isShown = status.data !== undefined;
  useLive(isShown ? `v1/drafts/${encodeURIComponent(id)}/events` : undefined, () => {
    renew(['draft', id]);
  });

  if (status.data === undefined || isGone(status.error)) {
    if (status.error === null) return <Loading />;
    return (
      <>
        <Back href="/drafts">{say('back')}</Back>
        <PageHead title={say('title')} />
        <Failed error={status.error} onRetry={() => void status.refetch()} />
      </>
    );
  }
  const draft = status.data;
  const name = typeof timeline.data?.name === 'string' ? timeline.data.name : id;
  const newest = revisions?.revisions[0]?.revision;
  const shown = chosen ?? newest;
  return (
    <Stack gap="md">
      <div>
        <Back href="/drafts">{say('back')}</Back>
        <PageHead title={name} intro={<DraftState status={draft.status} />}>
          <Group gap="sm">
            {hasEditor && draft.links.archive !== undefined && (
              <Button onClick={() => install.mutate({})} loading={install.isPending}>
                {say('install')}
              </Button>
            )}
            {draft.links.archive !== undefined && (
              <Download path={draft.links.archive} isMain={!hasEditor}>
                {say('download')}
              </Download>
            )}
            <Button component={Link} href={`/calls/draft/${encodeURIComponent(id)}`} variant="default">
              {say('callsOf')}
            </Button>
          </Group>
        </PageHead>
        <InstallResult install={install} />
      </div>
      {shown !== undefined && (
        <Panel title={shown === newest ? say('timeline') : say('former', { revision: shown })}>
          {shown === newest && isBlank(timeline.data) ? (
            <Empty icon="drafts" title={say('blank')}>
              {say('blankHint')}{' '}
              <Anchor component={Link} href="/tools" size="sm">
                {say('tools')}
              </Anchor>
            </Empty>
          ) : (
            <ServerPicture id={id} revision={shown} label={say('picture', { name })} />
          )}
        </Panel>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <DraftFindings id={id} problems={draft.problems} revision={shown} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Revisions id={id} newest={newest} shown={shown} onShow={setChosen} />
        </Grid.Col>
      </Grid>
      <Panel>
        <Stack gap="xs">
          <Group gap="xs">
            <Text size="sm">{say('id')}</Text>
            <Code>{id}</Code>
            <Copy text={id} />
          </Group>
          {draft.folder_path !== undefined && (
            <Group gap="xs">
              <Text size="sm">{say('folder')}</Text>
              <Code>{draft.folder_path}</Code>
              <Copy text={draft.folder_path} />
            </Group>
          )}
          {timeline.data !== undefined && <TimelineJson value={timeline.data} />}
        </Stack>
      </Panel>
    </Stack>
  );
}

/** Whether a timeline has nothing on it, so that its drawing would be a blank. */
function isBlank(timeline: Record<string, unknown> | undefined): boolean {
  return Array.isArray(timeline?.tracks) && timeline.tracks.length === 0;
}

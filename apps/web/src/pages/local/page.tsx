import { Box, Grid, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useMe } from '../../api/use-me.ts';
import { useTexts } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Connection } from './connection.tsx';
import type { Conversation } from './entries.ts';
import { EntryView } from './entry-view.tsx';
import { LiveLog } from './live-log.tsx';
import { Speak } from './speak.tsx';
import './local.css';
import { TEXTS } from './texts.ts';
import { type LocalState, useLocal } from './use-local.ts';

/** Talks with a bot or runs a workflow with the tools of this machine. */
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
      ) : me.features.includes('local') ? (
        <Service />
      ) : (
        <Empty icon="local" title={say('missing')} />
      )}
    </>
  );
}

function Service() {
  const say = useTexts(TEXTS);
  const { local, error, conversation, lines, retry } = useLocal();
  if (local === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={retry} />;
  }
  const isOn = local.status === 'listening' || local.status === 'thinking';
  return (
    <Grid>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack>
          <Connection local={local} />
          <Box visibleFrom="md">
            <LiveLog lines={lines} />
          </Box>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Panel title={say('conversation')}>
          <Stack>
            <Entries conversation={conversation} state={local} />
            {isOn && <Speak state={local} />}
          </Stack>
        </Panel>
      </Grid.Col>
      <Grid.Col span={12} hiddenFrom="md">
        <LiveLog lines={lines} />
      </Grid.Col>
    </Grid>
  );
}

/** What was said and done; the newest is kept in sight. */
function Entries({ conversation, state }: { conversation: Conversation; state: LocalState }) {
  const say = useTexts(TEXTS);
  const box = useRef<HTMLDivElement>(null);
  const { entries, lastId } = conversation;
  useEffect(() => {
    if (lastId > 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lastId]);
  if (entries.length === 0) {
    const isOn = state.status === 'listening' || state.status === 'thinking';
    const words = isOn ? (state.target?.kind === 'workflow' ? 'readyWorkflow' : 'readyBot') : 'offText';
    return (
      <Empty icon="local" title={say(isOn ? 'readyTitle' : 'offTitle')}>
        {say(words)}
      </Empty>
    );
  }
  return (
    <Box
      ref={box}
      tabIndex={0}
      role="log"
      aria-label={say('conversation')}
      mah="60vh"
      style={{ overflowY: 'auto' }}
    >
      <Stack gap="sm">
        {entries.map((entry) => (
          <EntryView key={entry.key} entry={entry} />
        ))}
      </Stack>
    </Box>
  );
}

import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { answerOf } from '../../api/client.ts';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StartForm } from './start-form.tsx';
import { StatusLight } from './status-light.tsx';
import { TEXTS } from './texts.ts';
import type { Local, LocalState } from './use-local.ts';

/** How the service stands, and what starts or stops it. */
export function Connection({ local }: { local: Local }) {
  const say = useTexts(TEXTS);
  const [token, setToken] = useState('');
  // It has been taken: nothing here needs it any more. After a mistake elsewhere it need not be typed again.
  const isTaken = local.status === 'listening';
  useEffect(() => {
    if (isTaken) setToken('');
  }, [isTaken]);
  const isOff = local.status === 'off' || local.status === 'error';
  return (
    <Panel title={say('connection')} actions={<StatusLight status={local.status} />}>
      {isOff ? <StartForm local={local} token={token} setToken={setToken} /> : <Running state={local} />}
    </Panel>
  );
}

/** What is talked to, and the way out. */
function Running({ state: { target } }: { state: LocalState }) {
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const stop = useMutation({ mutationFn: () => answerOf(client.POST('/v1/local/stop', {})) });
  return (
    <Stack gap="sm">
      {stop.error !== null && <Failed error={stop.error} />}
      {target !== undefined && (
        <Stack gap={0}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {say(target.kind)} {target.name}
          </Text>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {target.id === target.name ? '' : `${target.id} · `}
            {new URL(target.base_url).host}
          </Text>
        </Stack>
      )}
      <Button
        variant="default"
        onClick={() => stop.mutate()}
        loading={stop.isPending}
        leftSection={<Icon name="stop" size={14} />}
      >
        {say('stop')}
      </Button>
    </Stack>
  );
}

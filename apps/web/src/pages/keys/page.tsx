import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useMe } from '../../api/use-me.ts';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { KeyList } from './key-list.tsx';
import { MakeKey } from './make-key.tsx';
import { TEXTS } from './texts.ts';
import { type NewKey, useKeys } from './use-keys.ts';

/** Keys of programs that call the server. */
export default function Page() {
  const say = useTexts(TEXTS);
  const { data: me } = useMe();
  const { list, make, revoke } = useKeys();
  return (
    <>
      <PageHead title={say('title')} intro={say('intro')} />
      {list.data === undefined ? (
        list.error === null ? (
          <Loading />
        ) : (
          <Failed error={list.error} onRetry={() => void list.refetch()} />
        )
      ) : (
        <Stack>
          {me?.needs_token === false && (
            <Alert variant="light" color="blue" icon={<Icon name="info" />} role="note">
              {say('open')}
            </Alert>
          )}
          <Panel title={say('list')}>
            <KeyList
              keys={list.data}
              onAsk={revoke.reset}
              onRevoke={(id) => revoke.mutateAsync(id)}
              isRevoking={revoke.isPending}
              error={revoke.error}
            />
          </Panel>
          {make.data === undefined ? (
            <Panel title={say('make')}>
              <Stack>
                {make.error !== null && <Failed error={make.error} />}
                <MakeKey onMake={(wish) => make.mutate(wish)} isMaking={make.isPending} />
              </Stack>
            </Panel>
          ) : (
            <ShownOnce made={make.data} onDone={() => make.reset()} />
          )}
        </Stack>
      )}
    </>
  );
}

/** A key that was just made; it is gone with the answer. */
function ShownOnce({ made, onDone }: { made: NewKey; onDone(): void }) {
  const say = useTexts(TEXTS);
  return (
    <Panel title={say('shown', { name: made.name })}>
      <Stack role="alert" gap="sm">
        <Text size="sm">{say('shownOnce')}</Text>
        <Group gap="sm">
          <Code fz="md" aria-label={say('key')} style={{ overflowWrap: 'anywhere' }}>
            {made.token}
          </Code>
          <Copy text={made.token} label={say('copyKey')} />
        </Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('done')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}

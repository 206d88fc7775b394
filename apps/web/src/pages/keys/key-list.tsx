import { Button, Code, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { keepFocus } from '../../focus-content.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fact, Facts } from '../../parts/fact.tsx';
import { Failed } from '../../parts/failed.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { TEXTS } from './texts.ts';
import { type Key, stateOf } from './use-keys.ts';

const TONES = { active: 'good', expired: 'quiet', revoked: 'quiet' } as const;

/** Keys with when they were used; one can be taken back after a question. */
export function KeyList({
  keys,
  onAsk,
  onRevoke,
  isRevoking,
  error,
}: {
  keys: readonly Key[];
  /** Before the question. */
  onAsk(): void;
  /** Resolves when it is taken back. */
  onRevoke(id: string): Promise<unknown>;
  isRevoking: boolean;
  error: unknown;
}) {
  const say = useTexts(TEXTS);
  const [asked, setAsked] = useState<Key>();
  const [isAll, setIsAll] = useState(false);
  const shown = keys.filter((key) => isAll || stateOf(key) === 'active');
  const ask = (key: Key) => {
    onAsk();
    setAsked(key);
  };
  const hasOld = keys.some((key) => stateOf(key) !== 'active');
  return (
    <Stack gap="sm">
      {shown.length === 0 ? (
        <Empty icon="keys" title={say('none')}>
          {say('noneText')}
        </Empty>
      ) : (
        <ul className="rows" aria-label={say('list')}>
          {shown.map((key) => (
            <Row key={key.id} of={key} onRevoke={() => ask(key)} />
          ))}
        </ul>
      )}
      {hasOld && (
        <Switch
          label={say('showRevoked')}
          checked={isAll}
          onChange={(event) => setIsAll(event.currentTarget.checked)}
        />
      )}
      <Modal
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked && say('sure', { name: asked.name })}
        closeButtonProps={{ 'aria-label': say('keep') }}
        onExitTransitionEnd={keepFocus}
        centered
      >
        <Stack>
          {error !== null && <Failed error={error} />}
          <Text size="sm">{say('sureText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsked(undefined)} data-autofocus>
              {say('keep')}
            </Button>
            <Button
              color="red.8"
              loading={isRevoking}
              onClick={() => asked && void onRevoke(asked.id).then(() => setAsked(undefined))}
            >
              {say('revoke')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}

function Row({ of: key, onRevoke }: { of: Key; onRevoke(): void }) {
  const say = useTexts(TEXTS);
  const { time, fullTime } = useFormats();
  const state = stateOf(key);
  const at = (iso: string | undefined, missing: string) =>
    iso === undefined ? missing : <time title={fullTime(iso)}>{time(iso)}</time>;
  return (
    <li>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm" py="sm">
        <Stack gap={4} miw={0} style={{ flex: 1 }}>
          <Group gap="xs">
            <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
              {key.name}
            </Text>
            <StatusBadge tone={TONES[state]}>{say(state)}</StatusBadge>
            {key.scopes.map((scope) => (
              <Code key={scope}>{scope}</Code>
            ))}
          </Group>
          <Facts cols={{ base: 2, sm: 4 }} spacing="xs">
            <Fact name={say('owner')}>{key.owner}</Fact>
            <Fact name={say('used')}>{at(key.last_used_at, say('neverUsed'))}</Fact>
            <Fact name={say('created')}>{at(key.created_at, '')}</Fact>
            <Fact name={say('expires')}>{at(key.expires_at, say('never'))}</Fact>
          </Facts>
        </Stack>
        {state === 'active' && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={onRevoke}
            aria-label={say('revokeNamed', { name: key.name })}
            style={{ flexShrink: 0 }}
          >
            {say('revoke')}
          </Button>
        )}
      </Group>
    </li>
  );
}

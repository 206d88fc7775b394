import { Button, Code, Group, Modal, Stack, Switch, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { TEXTS } from './texts.ts';
import { type Key, stateOf } from './use-keys.ts';

const TONES = { active: 'good', expired: 'quiet', revoked: 'quiet' } as const;

/** Keys with when they were used; one can be taken back after a question. */
export function KeyList({
  keys,
  onRevoke,
  isRevoking,
  error,
}: {
  keys: readonly Key[];
  /** Resolves when it is taken back. */
  onRevoke(id: string): Promise<unknown>;
  isRevoking: boolean;
  error: unknown;
}) {
  const say = useTexts(TEXTS);
  const [asked, setAsked] = useState<Key>();
  const [isAll, setIsAll] = useState(false);
  const shown = keys.filter((key) => isAll || stateOf(key) === 'active');
  const hasOld = keys.some((key) => stateOf(key) !== 'active');
  return (
    <Stack gap="sm">
      {shown.length === 0 ? (
        <Empty icon="keys" title={say('none')}>
          {say('noneText')}
        </Empty>
      ) : (
        <Table.ScrollContainer minWidth={680}>
          <Table verticalSpacing="xs" aria-label={say('list')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('name')}</Table.Th>
                <Table.Th>{say('scopes')}</Table.Th>
                <Table.Th>{say('state')}</Table.Th>
                <Table.Th>{say('used')}</Table.Th>
                <Table.Th>{say('created')}</Table.Th>
                <Table.Th>{say('expires')}</Table.Th>
                <Table.Th aria-label={say('actions')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((key) => (
                <Row key={key.id} of={key} onRevoke={() => setAsked(key)} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
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
    <Table.Tr>
      <Table.Td>
        <Text fw={600} size="sm">
          {key.name}
        </Text>
        <Text size="xs" c="dimmed">
          {key.owner}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {key.scopes.map((scope) => (
            <Code key={scope}>{scope}</Code>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <StatusBadge tone={TONES[state]}>{say(state)}</StatusBadge>
      </Table.Td>
      <Table.Td>{at(key.last_used_at, say('neverUsed'))}</Table.Td>
      <Table.Td>{at(key.created_at, '')}</Table.Td>
      <Table.Td>{at(key.expires_at, say('never'))}</Table.Td>
      <Table.Td>
        {state === 'active' && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={onRevoke}
            aria-label={say('revokeNamed', { name: key.name })}
          >
            {say('revoke')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import { answerOf, type Schemas } from '../../api/client.ts';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { Failed } from '../../parts/failed.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { TEXTS } from './texts.ts';

type Check = Schemas['ConnectionCheck'];
const TONES = { ok: 'good', fail: 'bad', skip: 'quiet' } as const;

/** Has the server call itself at its public address. */
export function Verify() {
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const verify = useMutation({ mutationFn: () => answerOf(client.POST('/v1/connect/verify', {})) });
  const found = verify.data;
  return (
    <Panel title={say('verify')}>
      <Stack>
        <Group justify="space-between" gap="sm">
          <Text size="sm" style={{ flex: '1 1 16rem' }}>
            {say('verifyHint')}
          </Text>
          <Button onClick={() => verify.mutate()} loading={verify.isPending}>
            {say('verify')}
          </Button>
        </Group>
        {verify.error !== null && <Failed error={verify.error} />}
        {found !== undefined && (
          <Stack gap="sm" role="status">
            <Alert
              variant="light"
              color={found.is_reachable ? 'accent' : 'red'}
              icon={<Icon name={found.is_reachable ? 'check' : 'error'} />}
              title={say(found.is_reachable ? 'reachable' : 'unreachable')}
            >
              {found.public_url !== undefined && <Code>{found.public_url}</Code>}
            </Alert>
            <List listStyleType="none" spacing="xs">
              {found.checks.map((check) => (
                <List.Item key={check.id} styles={{ itemWrapper: { display: 'block' } }}>
                  <CheckLine check={check} />
                </List.Item>
              ))}
            </List>
            <Text size="sm" c="dimmed">
              {say('limits')}
            </Text>
          </Stack>
        )}
      </Stack>
    </Panel>
  );
}

function CheckLine({ check: { id, state, code, message, hint } }: { check: Check }) {
  const say = useTexts(TEXTS);
  const told = useTold();
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <StatusBadge tone={TONES[state]}>{say(state)}</StatusBadge>
        <Text fw={600} size="sm">
          {say(id)}
        </Text>
        {code !== undefined && <Code>{code}</Code>}
      </Group>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {told.message(code, message)}
      </Text>
      {hint !== undefined && (
        <Text size="sm" c="dimmed">
          {told.hint(hint)}
        </Text>
      )}
    </Stack>
  );
}

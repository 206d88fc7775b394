import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { Failure } from '../api/failure.ts';
import { Icon } from '../icons.tsx';
import { useTexts } from '../language/language.tsx';
import { useTold } from '../language/told.ts';
import { Findings } from './findings.tsx';
import { TEXTS } from './texts.ts';

/** What went wrong, in the words of the server, with its findings and what to do. Read out at once. */
export function Failed({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title?: string }) {
  const say = useTexts(TEXTS);
  const failure = error instanceof Failure ? error : new Failure({ status: -1, message: String(error) });
  const told = useTold();
  const words =
    told.message(failure.code, failure.message) ||
    (failure.status === 0 ? say('unreachable') : say('unreadable', { status: failure.status }));
  return (
    <Alert
      variant="light"
      color="red"
      role="alert"
      icon={<Icon name="error" />}
      title={title ?? words}
      styles={{ title: { overflowWrap: 'anywhere' } }}
    >
      <Stack gap="xs">
        {title !== undefined && <Text size="sm">{words}</Text>}
        {failure.hint !== undefined && <Text size="sm">{told.hint(failure.hint)}</Text>}
        <Findings findings={failure.problems} />
        <Group gap="sm">
          {failure.code !== '' && <Code>{failure.code}</Code>}
          {onRetry !== undefined && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {say('again')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

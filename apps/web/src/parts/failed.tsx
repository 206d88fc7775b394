import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { Failure, isGone } from '../api/failure.ts';
import { Icon } from '../icons.tsx';
import { useTexts } from '../language/language.tsx';
import { useTold } from '../language/told.ts';
import { Findings } from './findings.tsx';
import { TEXTS } from './texts.ts';

/** It is read out from its beginning to its end. */
const MOST_READ_OUT = 20;

/** What went wrong, in the words of the server, with its findings and what to do. Read out at once. */
export function Failed({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title?: string }) {
  const say = useTexts(TEXTS);
  const failure = error instanceof Failure ? error : new Failure({ status: -1, message: String(error) });
  const told = useTold();
  const words =
    told.message(failure.code, failure.message) ||
    (failure.status === 0 ? say('unreachable') : say('unreadable', { status: failure.status }));
  const [only, ...others] = failure.problems;
  // A failure that is one finding is said once.
  const isSaid = only !== undefined && others.length === 0 && only.message === failure.message;
  const hint = failure.hint ?? (isSaid ? only.hint : undefined);
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
        {hint !== undefined && <Text size="sm">{told.hint(hint)}</Text>}
        {!isSaid && <Findings findings={failure.problems} most={MOST_READ_OUT} />}
        <Group gap="sm">
          {failure.code !== '' && <Code>{failure.code}</Code>}
          {isSaid && (
            <Text size="xs" c="dimmed" className="mono">
              {only?.code} {only?.pointer}
            </Text>
          )}
          {onRetry !== undefined && !isGone(failure) && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {say('again')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

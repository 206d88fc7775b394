import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
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
  // How long one has to wait is said below, and is less by then than it was.
  const words =
    (failure.againAt === undefined ? told.message(failure.code, failure.message) : say('tooMany')) ||
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
          {failure.againAt !== undefined ? (
            <Wait key={failure.againAt} untilMs={failure.againAt} onRetry={onRetry} />
          ) : (
            onRetry !== undefined &&
            !isGone(failure) && (
              <Button size="compact-sm" variant="default" onClick={onRetry}>
                {say('again')}
              </Button>
            )
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** How long the server wants nothing of us. */
function Wait({ untilMs, onRetry }: { untilMs: number; onRetry: (() => void) | undefined }) {
  const say = useTexts(TEXTS);
  const left = () => Math.max(0, Math.ceil((untilMs - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  const isOver = seconds === 0;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  });
  return (
    <>
      {/* A timer is not read out again with every second. */}
      <Text size="sm" role="timer">
        {isOver ? say('waited') : say('wait', { seconds })}
      </Text>
      {onRetry !== undefined && (
        <Button size="compact-sm" variant="default" onClick={onRetry} disabled={!isOver}>
          {say('again')}
        </Button>
      )}
    </>
  );
}

import { Alert, Box, Code, Paper, Text } from '@mantine/core';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { Failed } from '../../parts/failed.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import type { Entry } from './entries.ts';
import { asFailure, textKeyOf } from './failure-text.ts';
import { TEXTS } from './texts.ts';
import { ToolCall } from './tool-call.tsx';

const WRAP = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const;

/** One thing in the conversation. */
export function EntryView({ entry }: { entry: Entry }) {
  const say = useTexts(TEXTS);
  const told = useTold();
  switch (entry.kind) {
    case 'said':
      return (
        <Box className="said">
          <Paper p="sm" radius="lg" className="bubble" aria-label={say('you')} role="group">
            <Text style={WRAP}>{entry.text}</Text>
          </Paper>
        </Box>
      );
    case 'run':
      return (
        <Box>
          <Text size="sm" c="dimmed">
            {say('ran')}
          </Text>
          <JsonView value={entry.parameters} label={say('ran')} maxHeight={160} />
        </Box>
      );
    case 'resumed':
      return <Quiet>{say('resumed')}</Quiet>;
    case 'answer':
      return (
        <Text style={WRAP} role="group" aria-label={say('answerOf')}>
          {entry.text}
        </Text>
      );
    case 'output':
      return (
        <Box>
          <Text size="sm" c="dimmed">
            {say('output')}
          </Text>
          {typeof entry.output === 'string' ? (
            <Text style={WRAP}>{entry.output}</Text>
          ) : (
            <JsonView value={entry.output ?? null} label={say('output')} />
          )}
        </Box>
      );
    case 'tool':
      return <ToolCall entry={entry} />;
    case 'asked':
      return (
        <Text style={WRAP} role="group" aria-label={say('asks')} fw={600}>
          {entry.text}
        </Text>
      );
    case 'draft':
      return entry.isInstalled ? (
        <Alert
          color="accent"
          variant="light"
          icon={<Icon name="check" />}
          title={say('draftInstalled', { name: entry.name })}
        >
          <Text size="sm">{say('draftOpen')}</Text>
          <Code>{entry.folder}</Code>
        </Alert>
      ) : (
        <Alert
          color="yellow"
          variant="light"
          icon={<Icon name="warning" />}
          styles={{ title: { color: 'inherit' } }}
          title={say('draftNot', { name: entry.name })}
        >
          {entry.message !== undefined && <Text size="sm">{told.message(undefined, entry.message)}</Text>}
          {entry.hint !== undefined && <Text size="sm">{told.hint(entry.hint)}</Text>}
        </Alert>
      );
    case 'notice':
      return <Quiet>{told.message(entry.code, entry.message)}</Quiet>;
    case 'failed': {
      const key = textKeyOf(entry.code);
      if (entry.code === 'ABORTED' || entry.code === 'PARKED') return <Quiet>{say(entry.code)}</Quiet>;
      return <Failed error={asFailure(entry)} {...(key === undefined ? {} : { title: say(key) })} />;
    }
  }
}

function Quiet({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed" ta="center" style={WRAP}>
      {children}
    </Text>
  );
}

import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { ToolEntry } from '../../api/use-tools.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import { Panel } from '../../parts/panel.tsx';
import { inToolWords } from './in-tool-words.ts';
import { TEXTS } from './texts.ts';
import type { useRun } from './use-run.ts';

/** What came of a call. */
export function Answer({ run, tool }: { run: ReturnType<typeof useRun>; tool: ToolEntry }) {
  const say = useTexts(TEXTS);
  const { duration } = useFormats();
  const { data, error } = run;
  if (error !== null) return <Failed error={inToolWords(error, tool.input)} />;
  if (data === undefined) return null;
  const { status, durationMs, output, jobId } = data;
  return (
    <Panel title={say('answer')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed" role="status">
          {say('status', { status, duration: duration(durationMs) })}
        </Text>
        {jobId !== undefined && (
          <Text size="sm">
            {say('goesOn')}{' '}
            <Anchor component={Link} href={`/calls/job/${encodeURIComponent(jobId)}`} size="sm">
              {say('seeJob')}
            </Anchor>
          </Text>
        )}
        <JsonView value={output} label={say('answer')} />
      </Stack>
    </Panel>
  );
}

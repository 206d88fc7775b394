import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { Finding } from '../../api/failure.ts';
import type { JobNews } from '../../api/follow-job.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { Failed } from '../../parts/failed.tsx';
import { Panel } from '../../parts/panel.tsx';
import { usePhases } from '../../parts/phases.ts';
import { MadeDraft } from './made-draft.tsx';
import type { Making } from './making.tsx';
import { TEXTS } from './texts.ts';

/** What became of the request. What is new in it is read out, the running percentage is not. */
export function Result(props: {
  making: Making;
  /** Findings that stand elsewhere already. */
  known: readonly Finding[];
  putsIntoEditor: boolean;
  onCancel: (jobId: string) => void;
}) {
  const say = useTexts(TEXTS);
  const { making } = props;
  if (making.phase === 'idle') return null;
  return (
    <Panel title={say('result')}>
      <div role="status" aria-atomic="false">
        {making.phase === 'sending' && <Text size="sm">{say('sending')}</Text>}
        {making.phase === 'working' && (
          <Working news={making.news} onCancel={() => props.onCancel(making.jobId)} />
        )}
        {making.phase === 'made' && (
          <Stack>
            {making.drafts.map((draft) => (
              <MadeDraft
                key={draft.draft_id}
                draft={draft}
                known={props.known}
                putsIntoEditor={props.putsIntoEditor}
              />
            ))}
          </Stack>
        )}
      </div>
      {making.phase === 'refused' && <Failed error={making.error} />}
    </Panel>
  );
}

function Working({ news, onCancel }: { news: JobNews | undefined; onCancel: () => void }) {
  const say = useTexts(TEXTS);
  const told = useTold();
  const phase = usePhases()(news?.phase);
  const percent = Math.round((news?.progress ?? 0) * 100);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {phase || say('processing')}{' '}
          <Text span c="dimmed" aria-hidden="true">
            {percent}%
          </Text>
        </Text>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {say('stop')}
        </Button>
      </Group>
      <Progress value={percent} aria-label={say('processing')} animated />
      {news?.message && (
        <Text size="sm" c="dimmed">
          {told.message(undefined, news.message)}
        </Text>
      )}
      {news?.files?.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and none changes its place
        <Download key={index} file={file} />
      ))}
    </Stack>
  );
}

function Download({ file }: { file: NonNullable<JobNews['files']>[number] }) {
  const { bytes } = useFormats();
  const { name, received_bytes: received, total_bytes: total } = file;
  const percent = total === undefined ? 100 : Math.round((received / Math.max(total, 1)) * 100);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="xs" truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" style={{ flexShrink: 0 }} aria-hidden="true">
          {total === undefined ? bytes(received) : `${bytes(received)} / ${bytes(total)}`}
        </Text>
      </Group>
      <Progress value={percent} size="xs" aria-label={name} striped={total === undefined} />
    </div>
  );
}

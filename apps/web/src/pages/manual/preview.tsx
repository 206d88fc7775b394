import { Alert, Button, Group, Loader, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../icons.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TimelinePicture, type Zoom } from '../../parts/timeline-picture.tsx';
import type { Input } from './input.ts';
import { TEXTS } from './texts.ts';
import type { Checked } from './use-check.ts';

/** What is in the text: how much, how long, and its picture. */
export function Preview(props: {
  checked: Checked | undefined;
  error: unknown;
  onRetry: () => void;
  isEmpty: boolean;
  /** What is shown is of a text from before. */
  isReading: boolean;
  zoom: Zoom;
  onChoose: (unit: Input['timeUnit']) => void;
}) {
  const say = useTexts(TEXTS);
  const { checked, error } = props;
  return (
    <Panel
      title={say('preview')}
      actions={
        props.isReading && (
          <Group gap={6} role="status">
            <Loader size={12} aria-hidden="true" />
            <Text size="sm" c="dimmed">
              {say('reading')}
            </Text>
          </Group>
        )
      }
    >
      <div ref={props.zoom.ref} />
      {props.isEmpty ? (
        <Empty icon="manual" title={say('waiting')}>
          {say('waitingHint')}
        </Empty>
      ) : error !== null ? (
        <Failed error={error} onRetry={props.onRetry} />
      ) : checked === undefined ? (
        <Loading lines={3} />
      ) : (
        <Stack gap="sm">
          <UnitChoice choices={checked.unit_choices} onChoose={props.onChoose} />
          <Drafts checked={checked} zoom={props.zoom} />
        </Stack>
      )}
    </Panel>
  );
}

function UnitChoice(props: {
  choices: Checked['unit_choices'];
  onChoose: (unit: Input['timeUnit']) => void;
}) {
  const say = useTexts(TEXTS);
  const { seconds } = useFormats();
  if (props.choices.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="warning" />} title={say('unitTitle')}>
      <Stack gap="xs">
        <Text size="sm">{say('unitWhy')}</Text>
        <Group gap="xs">
          {props.choices.map(({ unit, duration_us }) => (
            <Button key={unit} size="compact-sm" variant="default" onClick={() => props.onChoose(unit)}>
              {say('unitChoice', { unit: say(`unit_${unit}`), length: seconds(duration_us) })}
            </Button>
          ))}
        </Group>
      </Stack>
    </Alert>
  );
}

function Drafts({ checked, zoom }: { checked: Checked; zoom: Zoom }) {
  const say = useTexts(TEXTS);
  const told = useTold();
  const { seconds } = useFormats();
  const [chosen, setChosen] = useState(0);
  const { drafts, format } = checked;
  const draft = drafts[chosen] ?? drafts[0];
  const title = format === undefined ? '' : told.message(undefined, format.title);
  if (draft === undefined) {
    return (
      <Stack gap={2}>
        {title !== '' && <Text size="sm">{title}</Text>}
        <Text size="sm" c="dimmed">
          {say('noDrawing')}
        </Text>
      </Stack>
    );
  }
  const length = draft.duration_us === undefined ? say('lengthUnknown') : seconds(draft.duration_us);
  const { tracks, clips, media } = draft;
  const summary = say('summary', { tracks, clips, media, length });
  const about = (
    <>
      <Text fw={600} c="var(--mantine-color-text)" aria-live="polite">
        {summary}
      </Text>
      {title}
    </>
  );
  return (
    <Stack gap="sm">
      {drafts.length > 1 && (
        <NativeSelect
          label={say('whichDraft')}
          value={String(chosen)}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
          data={drafts.map(({ name }, index) => ({
            value: String(index),
            label: say('draftNumber', { number: index + 1, name }),
          }))}
        />
      )}
      {draft.svg === undefined ? (
        <Text size="sm" c="dimmed" component="div">
          {about}
        </Text>
      ) : (
        <TimelinePicture svg={draft.svg} label={`${draft.name}: ${summary}`} zoom={zoom}>
          {about}
        </TimelinePicture>
      )}
    </Stack>
  );
}

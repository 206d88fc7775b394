import { Group, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { Schemas } from '../api/client.ts';
import { Icon } from '../icons.tsx';
import { useTexts } from '../language/language.tsx';
import { useTold } from '../language/told.ts';
import { TEXTS } from './texts.ts';

/** A finding, with its place in a text where it has one. */
export type PlacedFinding = Schemas['PlacedFinding'];

/** More are not read, and drawing them all would stop the tab. */
const MOST = 200;

/** List of findings, each with its severity in words; one with a line leads to it. */
export function Findings(props: {
  findings: readonly PlacedFinding[];
  /** How many there are, when these are the first of them. */
  total?: number | undefined;
  /** How many are shown at most. */
  most?: number;
  onGoTo?: (line: number, column: number) => void;
}) {
  const say = useTexts(TEXTS);
  const { total = props.findings.length, most = MOST, onGoTo } = props;
  const findings = props.findings.slice(0, most);
  if (findings.length === 0) return null;
  return (
    <>
      <Stack gap="sm" component="ul" className="rows-plain">
        {findings.map((finding) => (
          <li key={`${finding.code} ${finding.pointer} ${finding.message}`}>
            <Found finding={finding} onGoTo={onGoTo} />
          </li>
        ))}
      </Stack>
      {total > findings.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {say('firstOf', { shown: findings.length, total })}
        </Text>
      )}
    </>
  );
}

function Found(props: {
  finding: PlacedFinding;
  onGoTo: ((line: number, column: number) => void) | undefined;
}) {
  const say = useTexts(TEXTS);
  const told = useTold();
  const { severity, message, hint, code, pointer, start } = props.finding;
  const { onGoTo } = props;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <span className={`severity-${severity}`}>
        <Icon name={severity} size={16} />
      </span>
      <Stack gap={2} miw={0}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          <VisuallyHidden>{say(severity)}: </VisuallyHidden>
          {told.message(code, message)}
        </Text>
        {hint !== undefined && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {told.hint(hint)}
          </Text>
        )}
        <Group gap="xs">
          {start !== undefined && onGoTo !== undefined && (
            <UnstyledButton className="link" fz="sm" onClick={() => onGoTo(start.line, start.column)}>
              {say('line', { line: start.line })}
            </UnstyledButton>
          )}
          <Text size="xs" c="dimmed" className="mono">
            {code} {onGoTo === undefined && pointer}
          </Text>
        </Group>
      </Stack>
    </Group>
  );
}

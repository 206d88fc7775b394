import { Badge, Group, ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';
import type { Checked, PlacedFinding } from './use-check.ts';

const COLORS = { error: 'red', warning: 'yellow', info: 'blue' } as const;
const COUNTS = { error: 'errors', warning: 'warnings', info: 'notes' } as const;

const WEIGHTS = { error: 0, warning: 1, info: 2 } as const;

/** What stops the draft comes first, then the order of the text. */
function byWeight(a: PlacedFinding, b: PlacedFinding): number {
  return WEIGHTS[a.severity] - WEIGHTS[b.severity] || (a.start?.line ?? 0) - (b.start?.line ?? 0);
}

/** The findings as a list; one with a line leads to it. */
export function Checks({
  checked,
  onGoTo,
}: {
  checked: Checked;
  onGoTo: (line: number, column: number) => void;
}) {
  const say = useTexts(TEXTS);
  const { findings, findings_total: total } = checked;
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [{ severity, words: say(COUNTS[severity], { count }) }];
  });
  return (
    <Panel
      title={say('findings')}
      actions={
        <Group gap={6} role="status">
          {counts.map(({ severity, words }) => (
            <Badge key={severity} variant="light" color={COLORS[severity]} tt="none" radius="sm">
              {words}
            </Badge>
          ))}
        </Group>
      }
    >
      {findings.length === 0 && (
        <Group gap="xs">
          <Icon name="check" />
          <Text size="sm">{say('noFindings')}</Text>
        </Group>
      )}
      <ScrollArea.Autosize mah={480} viewportProps={{ tabIndex: -1 }}>
        <Stack gap="sm">
          {findings.toSorted(byWeight).map((finding) => (
            <Found
              key={`${finding.code} ${finding.pointer} ${finding.message}`}
              finding={finding}
              onGoTo={onGoTo}
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
      {total > findings.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {say('firstOf', { shown: findings.length, total })}
        </Text>
      )}
    </Panel>
  );
}

function Found(props: { finding: PlacedFinding; onGoTo: (line: number, column: number) => void }) {
  const say = useTexts(TEXTS);
  const { severity, message, hint, code, start } = props.finding;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Text c={`${COLORS[severity]}.6`} component="span" lh={0} mt={3}>
        <Icon name={severity} size={16} />
      </Text>
      <Stack gap={2} miw={0}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {message}
        </Text>
        {hint !== undefined && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
        <Group gap="xs">
          {start !== undefined && (
            <UnstyledButton className="link" fz="sm" onClick={() => props.onGoTo(start.line, start.column)}>
              {say('goToLine', { line: start.line })}
            </UnstyledButton>
          )}
          <Text size="xs" c="dimmed" className="mono">
            {code}
          </Text>
        </Group>
      </Stack>
    </Group>
  );
}

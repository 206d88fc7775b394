import { Group, ScrollArea, Text } from '@mantine/core';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { FindingCounts } from '../../parts/finding-counts.tsx';
import { Findings, type PlacedFinding } from '../../parts/findings.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';
import type { Checked } from './use-check.ts';

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
  const { findings, findings_total: total, findings_counts: counts } = checked;
  return (
    <Panel title={say('findings')} actions={<FindingCounts counts={counts} />}>
      {findings.length === 0 && (
        <Group gap="xs">
          <Icon name="check" />
          <Text size="sm">{say('noFindings')}</Text>
        </Group>
      )}
      <ScrollArea.Autosize mah={480} viewportProps={{ tabIndex: -1 }}>
        <Findings findings={findings.toSorted(byWeight)} total={total} onGoTo={onGoTo} />
      </ScrollArea.Autosize>
    </Panel>
  );
}

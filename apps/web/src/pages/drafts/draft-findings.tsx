import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import type { Finding } from '../../api/failure.ts';
import { requestOf, sendRequest } from '../../api/tool-request.ts';
import { useTools } from '../../api/use-tools.ts';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Findings } from '../../parts/findings.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';

/** The tool that looks at drafts; without it only what was found when the draft was made is shown. */
const LINT = 'lint_draft';

/** What is wrong with a draft as it is now. */
export function DraftFindings(props: {
  id: string;
  /** What was found when it was made. */
  problems: readonly Finding[];
  revision: number | undefined;
}) {
  const say = useTexts(TEXTS);
  const api = useApi();
  const { id, problems, revision } = props;
  const tool = useTools().data?.find(({ name }) => name === LINT);
  const lint = useQuery({
    queryKey: ['draft', id, 'lint', revision],
    queryFn: async ({ signal }) => {
      const { output } = await sendRequest(api, requestOf(tool!, { draft_id: id }), signal);
      const { errors, warnings } = output as { errors: Finding[]; warnings: Finding[] };
      return [...errors, ...warnings];
    },
    enabled: tool !== undefined && revision !== undefined,
  });
  const found = distinct([...(lint.data ?? []), ...problems]);
  return (
    <Panel title={say('findings')}>
      {lint.error !== null ? (
        <Failed error={lint.error} onRetry={() => void lint.refetch()} />
      ) : lint.isLoading ? (
        <Loading lines={2} />
      ) : found.length === 0 ? (
        <Group gap="xs">
          <Icon name="check" />
          <Text size="sm">{say('noFindings')}</Text>
        </Group>
      ) : (
        <Findings findings={found} />
      )}
    </Panel>
  );
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [`${one.code} ${one.message}`, one])).values()];
}

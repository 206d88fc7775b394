import { formatPointer, showPath } from '@cozecut/problems';
import type { Path } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { unwrapText } from '../parse-content.ts';
import { isRecord } from '../values.ts';

type Loose = Record<string, unknown>;

/** One call of the log. */
export interface LogEntry {
  endpoint: string;
  params: Loose;
  path: Path;
  /** Id of the draft that the call was about, as asked or as answered. */
  draftId: string | undefined;
}

/** The calls about one draft. */
export interface DraftLog {
  entries: LogEntry[];
  draftId: string | undefined;
}

const listKeys = ['calls', 'log', 'entries', 'requests'];

/** Names of the other tool of this kind, which adds lists; some names both have. */
const FOREIGN =
  /(^|\/)(add_(videos|images|audios|captions|effects|filters|keyframes|masks)|\w+_infos|easy_create_material)\/?$/;

/** Whether a value is a log of calls. */
export function looksLikeLog(value: unknown): boolean {
  const endpoints = (entriesOf(value)?.list ?? [value]).flatMap((raw) => {
    const entry = unwrapText(raw);
    return isRecord(entry) && typeof entry.endpoint === 'string' ? [entry.endpoint] : [];
  });
  return endpoints.length > 0 && !endpoints.some((endpoint) => FOREIGN.test(endpoint));
}

function entriesOf(value: unknown): { list: unknown[]; path: Path } | undefined {
  if (Array.isArray(value)) return { list: value, path: [] };
  if (!isRecord(value)) return undefined;
  const key = listKeys.find((one) => Array.isArray(value[one]));
  return key === undefined ? undefined : { list: value[key] as unknown[], path: [key] };
}

/** Divides a log by draft. A call without a draft goes to the one that was spoken of last. */
export function splitLog(value: unknown, findings: Findings): DraftLog[] {
  const { list, path } = entriesOf(value) ?? { list: [value], path: [] };
  const drafts: DraftLog[] = [];
  let current: DraftLog | undefined;
  for (const [index, raw] of list.entries()) {
    const entry = readEntry(raw, [...path, index], findings);
    if (entry === undefined) continue;
    const { draftId } = entry;
    const known = drafts.find((draft) => draftId !== undefined && draft.draftId === draftId);
    const isNew =
      entry.endpoint === 'create_draft' ||
      (draftId !== undefined && current?.draftId !== undefined && known === undefined);
    if (known !== undefined) current = known;
    else if (isNew || current === undefined) {
      current = { entries: [], draftId };
      drafts.push(current);
    }
    current.draftId ??= draftId;
    current.entries.push(entry);
  }
  return drafts;
}

function readEntry(raw: unknown, path: Path, findings: Findings): LogEntry | undefined {
  const value = unwrapText(raw);
  const place = showPath(path, 'input');
  if (!isRecord(value)) {
    findings.report(
      'DR162',
      'error',
      formatPointer(path),
      `${place} must be an object with endpoint and params`,
    );
    return undefined;
  }
  const { endpoint } = value;
  if (typeof endpoint !== 'string' || endpoint.trim() === '') {
    findings.report('DR162', 'error', formatPointer(path), `${place}.endpoint is missing`, {
      hint: 'write the name of the call, such as add_video',
    });
    return undefined;
  }
  const key = ['params', 'body', 'data', 'arguments'].find(
    (one) => value[one] !== undefined && value[one] !== null,
  );
  const params = key === undefined ? {} : unwrapText(value[key]);
  if (!isRecord(params)) {
    findings.report('DR162', 'error', formatPointer([...path, key!]), `${place}.${key} must be an object`);
    return undefined;
  }
  const result = unwrapText(value.result ?? value.response);
  const answer = isRecord(result) && isRecord(result.output) ? result.output : result;
  const ids = [params.draft_id, isRecord(answer) ? answer.draft_id : undefined];
  return {
    // An address ends in the name of the call.
    endpoint: endpoint
      .trim()
      .replace(/[?#].*$/, '')
      .replace(/\/+$/, '')
      .replace(/^.*\//, ''),
    params,
    path: [...path, key ?? 'params'],
    draftId: ids.find((id): id is string => typeof id === 'string' && id !== ''),
  };
}

import { UserError } from '@cozecut/problems';
import type { ToolHandler } from '../tools.gen.ts';

type Entry = Record<string, unknown>;

/** Entries with other values. */
export const modifyInfos: ToolHandler<'modify_infos'> = ({ infos, values, indexes }) => {
  for (const index of indexes ?? []) requireIndex(infos, index);
  const wanted = new Set(indexes ?? infos.keys());
  const changed = infos.map((entry, index) =>
    wanted.has(index)
      ? Object.fromEntries(Object.entries({ ...entry, ...values }).filter(([, value]) => value !== null))
      : entry,
  );
  return { infos: JSON.stringify(changed) };
};

/** One list behind the other. */
export const concatInfos: ToolHandler<'concat_infos'> = ({ infos, more_infos, shift }) => {
  const byUs = shift ? infos.reduce((latest, { end }) => Math.max(latest, timeOf(end)), 0) : 0;
  const moved = more_infos.map((entry) => {
    if (byUs === 0) return entry;
    const { start, end } = entry;
    return {
      ...entry,
      ...(start === undefined ? {} : { start: timeOf(start) + byUs }),
      ...(end === undefined ? {} : { end: timeOf(end) + byUs }),
    };
  });
  return { infos: JSON.stringify([...infos, ...moved]) };
};

/** Two entries with each other's times; the list stays in the order of time. */
export const swapInfos: ToolHandler<'swap_infos'> = ({ infos, first, second }) => {
  const [one, other] = [requireIndex(infos, first), requireIndex(infos, second)];
  const swapped = infos.with(first, withTimes(other, one)).with(second, withTimes(one, other));
  return { infos: JSON.stringify(swapped) };
};

/** A text as a list. */
export const strToList: ToolHandler<'str_to_list'> = ({ obj, separator }) => ({
  infos:
    separator === undefined
      ? [obj]
      : obj
          .split(separator)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
});

/** Texts as objects, as batch nodes take them. */
export const strListToObjs: ToolHandler<'str_list_to_objs'> = ({ infos }) => ({
  infos: infos.map((output) => ({ output })),
});

/** Objects as texts. */
export const objsToStrList: ToolHandler<'objs_to_str_list'> = ({ outputs }) => ({
  infos: outputs.map(({ output }) => output),
});

/** The text itself. */
export const getUrl: ToolHandler<'get_url'> = ({ output }) => ({ output });

function requireIndex(infos: readonly Entry[], index: number): Entry {
  const entry = infos[index];
  if (entry !== undefined) return entry;
  throw new UserError(
    'INPUT_INVALID',
    `there is no entry ${index}: the list has ${infos.length}, counted from 0`,
  );
}

function withTimes(entry: Entry, { start, end }: Entry): Entry {
  return { ...entry, start, end };
}

function timeOf(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new UserError('INPUT_INVALID', 'start and end of the entries must be numbers');
}

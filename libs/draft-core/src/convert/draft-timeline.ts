import { formatPointer, showPath } from '@cozecut/problems';
import { mediaPaths, mediaSources } from '../media-sources.ts';
import type { Timeline } from '../timeline/schema.ts';
import { upgradeTimeline } from '../timeline/upgrade.ts';
import type { Converter } from './converter.ts';

/** Our own format: there is nothing to convert, and the compiler checks it. */
export const draftTimeline: Converter = {
  id: 'draft-timeline',
  title: 'draft-timeline/1',
  detect(value) {
    const { schema } = (value ?? {}) as { schema?: unknown };
    return typeof schema === 'string' && schema.startsWith('draft-timeline/');
  },
  read(asked) {
    const upgraded = upgradeTimeline(asked);
    const [value, problems] = 'problem' in upgraded ? [asked, [upgraded.problem]] : [upgraded.value, []];
    const { timeUnit, name } = (value ?? {}) as Partial<Timeline>;
    return {
      format: 'draft-timeline',
      names: [typeof name === 'string' ? name : 'draft'],
      mediaSources: mediaSources(value),
      mediaPlaces: new Map(
        [...mediaPaths(value)].map(([source, path]) => [
          source,
          { pointer: formatPointer(path), place: showPath(path, 'timeline') },
        ]),
      ),
      problems,
      convert: () => ({
        timelines: problems.length > 0 ? [] : [value as Timeline],
        units: [timeUnit],
        problems,
      }),
    };
  },
};

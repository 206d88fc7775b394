import type { DraftRule } from '../draft-rule.ts';
import { timelineFolder } from '../layout.ts';
import { textOf } from '../loose.ts';

/** DR142: the file that the app reads is there. */
export const primaryFile: DraftRule = {
  id: 'DR142',
  title: 'the file that the app reads is there',
  severity: 'error',
  draft({ opened, profile, report }) {
    if (profile === undefined || opened.timelines.some(({ path }) => path.endsWith(profile.primaryName)))
      return;
    report({
      message: `${profile.primaryName} is missing, ${profile.title} reads it`,
      hint: `copy ${opened.primary.path} to that name`,
    });
  },
};

/** DR143: mirrors are the same. */
export const mirrorsDiffer: DraftRule = {
  id: 'DR143',
  title: 'mirrors of the timeline are the same',
  severity: 'error',
  draft({ opened, report }) {
    const { primary, timelines } = opened;
    for (const { path, role, sha256, modifiedMs } of timelines) {
      if (
        role !== 'mirror' ||
        sha256 === primary.sha256 ||
        timelineFolder(path) !== timelineFolder(primary.path)
      )
        continue;
      const newer = modifiedMs > primary.modifiedMs ? path : primary.path;
      report({
        path: [],
        message: `${primary.path} and ${path} differ (${newer} is newer)`,
        hint: `choose the one to keep with --primary; ${primary.path} is read because ${opened.reason}`,
      });
    }
  },
};

/** DR148: what lies below `Timelines` is the same draft. */
export const nestedCopy: DraftRule = {
  id: 'DR148',
  title: 'the copy in Timelines is that of the draft',
  severity: 'error',
  draft({ opened, view, report }) {
    const { primary, timelines, mainTimelineId } = opened;
    const own = timelineFolder(primary.path);
    for (const { path, role, sha256 } of timelines) {
      const folder = timelineFolder(path);
      if (role !== 'mirror' || folder === own || sha256 === primary.sha256) continue;
      const [nested, root] = own === '' ? [path, primary.path] : [primary.path, path];
      report({
        path: [],
        message: `${nested} holds another timeline than ${root}, and wins over it`,
        hint: 'choose the one to keep with --primary, or delete the copy',
      });
    }
    // Without the file that names the main timeline, a folder that is not this timeline may be the one that is read.
    const id = textOf(view.content.id)?.toLowerCase();
    const others = timelines.filter(({ role }) => role === 'other').map(({ path }) => timelineFolder(path)!);
    if (
      mainTimelineId !== undefined ||
      others.length === 0 ||
      others.some((folder) => folder.toLowerCase() === id)
    )
      return;
    report({
      path: ['id'],
      message: `Timelines holds ${[...new Set(others)].join(', ')} and nothing says which one the app reads`,
    });
  },
};

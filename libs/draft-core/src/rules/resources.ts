import { type CatalogApp, type CatalogEntry, numberedName } from '@cozecut/catalog';
import { formatPointer } from '@cozecut/problems';
import { kindWords, UNLISTED_KINDS } from '../resources/kinds.ts';
import { type GivenParameters, readParameters } from '../resources/parameters.ts';
import type { Resolution, Resource } from '../resources/resources.ts';
import { defaultUses, type ResourceUse, resourceUses, transitionUse } from '../resources/uses.ts';
import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { ReportExtra } from '../timeline/report.ts';
import { formatUs } from '../timeline/time.ts';
import type { Rule, RuleContext } from './rule.ts';

/** DR079 to DR082, DR084 to DR087, DR103, DR104: what is named exists in the app, with its parameters. */
export const resources: Rule = {
  timeline(context) {
    for (const transition of context.timeline.transitions) {
      const { index } = transition;
      const at = { place: `transitions[${index}]`, pointer: () => formatPointer(['transitions', index]) };
      checkUse(transitionUse(transition), at, context);
    }
  },
  track({ index, defaults }, context) {
    for (const use of defaults === undefined ? [] : defaultUses(defaults)) {
      const pointer = (): string => formatPointer(['tracks', index, 'defaults', ...use.path]);
      checkUse(use, { place: `tracks[${index}].defaults`, pointer }, context);
    }
  },
  clip(clip, _track, context) {
    for (const use of resourceUses(clip)) {
      const pointer = (...more: string[]): string => clipPointer(clip, ...use.path, ...more);
      checkUse(use, { place: clipPlace(clip), pointer }, context);
    }
  },
};

interface Place {
  place: string;
  pointer(...more: string[]): string;
}

function checkUse(use: ResourceUse, at: Place, context: RuleContext): void {
  const resolution = context.resources?.resolve(use.kinds, use.reference);
  if (resolution !== undefined && resolution.status !== 'found') {
    const { code, what, ...extra } = explain(use, resolution, context);
    context.report(code, 'error', at.pointer(), `${at.place}: ${what}`, extra);
  }
  const resource = resolution?.status === 'found' ? resolution.resource : undefined;
  if (resource !== undefined) checkResource(resource, at, context);
  if (resource?.isLengthAssumed === true && use.hasLength !== true) {
    const message = `${at.place}: the loaded catalog does not say how long "${resource.name}" is, ${formatUs(resource.defaultDurationUs!)} is taken`;
    context.report('DR166', 'warning', at.pointer(), message, { hint: 'give it a `duration`' });
  }
  if (use.given !== undefined) checkParameters(use.given, resource, at, context.report);
}

function checkResource(
  resource: Resource,
  at: Place,
  { resources: asked, allowVip, report }: RuleContext,
): void {
  const { kind, name, resourceId, vip, isListed } = resource;
  if (vip === true) {
    const message = `${at.place}: ${kindWords([kind])} "${name}" needs a membership`;
    report('DR082', allowVip ? 'warning' : 'error', at.pointer(), message, {
      hint: allowVip ? 'without one the app will not export it' : 'choose another one, or allow these',
    });
  }
  if (isListed || asked?.hasCatalog !== true || UNLISTED_KINDS.has(kind)) return;
  const unknown = `${at.place}: ${kindWords([kind])} ${resourceId} is not in the loaded catalog`;
  if (kind === 'font') {
    report('DR104', 'warning', at.pointer(), `${unknown}; the app may fall back to its own font`, {
      hint: 'bring the font along: {"file": …}',
    });
  } else report('DR087', 'info', at.pointer(), `${unknown}; it is written as it is`);
}

function checkParameters(
  given: GivenParameters,
  resource: Resource | undefined,
  at: Place,
  report: RuleContext['report'],
): void {
  for (const { code, severity, path, message, extra } of readParameters(resource ?? { name: '' }, given)
    .findings) {
    // Of a resource that was not found nothing is known but what was given.
    if (resource === undefined && code !== 'DR084') continue;
    report(code, severity, at.pointer(...path), `${at.place}: ${message}`, extra);
  }
}

interface Explained extends ReportExtra {
  code: string;
  what: string;
}

function explain(
  { kinds, reference: { name, id, effectId } }: ResourceUse,
  resolution: Exclude<Resolution, { status: 'found' }>,
  { resources: asked, profile }: RuleContext,
): Explained {
  const words = kindWords(kinds);
  const shown = JSON.stringify(id ?? name ?? effectId);
  switch (resolution.status) {
    case 'empty': {
      const code = kinds[0] === 'text-effect' ? 'DR103' : 'DR079';
      return { code, what: `the ${words} has neither a name nor an id`, hint: 'give one of them' };
    }
    case 'kind-missing':
      return {
        code: 'DR079',
        what: `nobody knows of which kind ${words} ${shown} is`,
        hint: 'give its `kind`',
      };
    case 'id-missing': {
      const what = `the ${resolution.missing === 'id' ? 'resource' : 'effect'} id of ${words} ${shown} is not known`;
      const hint = `give \`${resolution.missing}\` as well, or load a catalog that has the resource`;
      return { code: 'DR079', what, hint };
    }
    case 'look-missing': {
      const what = `of ${words} ${shown} nothing but its name or id is known, and it cannot be written by these`;
      return { code: 'DR079', what, hint: HARVEST };
    }
    case 'ambiguous':
      return explainAmbiguous(resolution.entries, words, shown);
    case 'other-app':
      return explainOther(resolution, id ?? effectId, words, profile.app);
    case 'unknown': {
      const isTemplate = kinds[0] === 'text-template';
      if (asked?.hasCatalog !== true) {
        const hint = isTemplate ? HARVEST : 'give the ids of the resource, or load a catalog';
        return { code: 'DR079', what: `no catalog is loaded, so no ${words} has the name ${shown}`, hint };
      }
      const what = `${appName(profile.app)} has no ${words} with the name ${shown} in the loaded catalog`;
      const suggestions = [...resolution.close];
      const hint = isTemplate ? HARVEST : 'use an id';
      return { code: 'DR079', what, suggestions, ...(suggestions.length > 0 ? {} : { hint }) };
    }
  }
}

/** The app lays words into a template by names that only a draft of the app tells. */
const HARVEST = 'use it once in the editor, save, and run `cozecut catalog harvest` on the draft';

const MOST_SHOWN = 5;

function explainAmbiguous(entries: readonly CatalogEntry[], words: string, shown: string): Explained {
  const list = entries.slice(0, MOST_SHOWN).map((entry) => {
    const facts = [
      numberedName(entry),
      entry.vip === true ? 'membership' : '',
      entry.defaultDurationUs === undefined ? '' : formatUs(entry.defaultDurationUs),
    ].filter((fact) => fact !== '');
    return `${entry.resourceId} (${facts.join(', ')})`;
  });
  const more = entries.length > MOST_SHOWN ? ` and ${entries.length - MOST_SHOWN} more` : '';
  return {
    code: 'DR080',
    what: `${shown} may be any of ${entries.length} resources (${words}): ${list.join(', ')}${more}`,
    hint: 'use the id',
    suggestions: entries.slice(0, MOST_SHOWN).map(({ resourceId }) => resourceId),
  };
}

function explainOther(
  { entry, twin }: Extract<Resolution, { status: 'other-app' }>,
  id: string | undefined,
  words: string,
  app: CatalogApp,
): Explained {
  const [own, other] = [appName(app), appName(entry.app)];
  const twins =
    twin === undefined
      ? { hint: `choose a resource of ${own}` }
      : {
          hint: `${own} has "${twin.name}" with the id ${twin.resourceId}`,
          suggestions: [twin.resourceId],
        };
  if (id === undefined) {
    const what = `${own} has no ${words} with the name "${entry.name}"; ${other} has one, with an id that ${own} ignores`;
    return { code: 'DR079', what, ...twins };
  }
  const what = `${words} ${id} is the resource "${entry.name}" of ${other}; ${own} ignores it`;
  return { code: 'DR081', what, ...twins };
}

function appName(app: CatalogApp): string {
  return app === 'jianying' ? 'JianYing' : 'CapCut';
}

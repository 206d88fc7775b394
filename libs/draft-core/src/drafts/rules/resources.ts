import type { CatalogApp, CatalogEntry, Lookup } from '@cozecut/catalog';
import { closest, type PathSegment, showJson } from '@cozecut/problems';
import { kindWords, UNLISTED_KINDS } from '../../resources/kinds.ts';
import { type DraftResource, resourcesOf, stickerAnimations } from '../draft-resources.ts';
import type { DraftContext, DraftFinding, DraftRule, RuleHead } from '../draft-rule.ts';
import { textOf } from '../loose.ts';

/** A resource of the draft, and what the catalog says about it. */
interface Asked extends DraftResource {
  /** Its place in the timeline. */
  at: PathSegment[];
  app: CatalogApp;
  lookup: Lookup;
  /** Whether it is named by an id; the app goes by that. */
  hasId: boolean;
}

/** A rule about each resource that the draft names. Without a catalog nothing is known of any. */
function resourceRule(
  head: RuleHead,
  check: (asked: Asked, context: DraftContext) => DraftFinding[],
): DraftRule {
  return {
    ...head,
    draft(context) {
      const { catalog, profile, view, report } = context;
      if (catalog === undefined || profile === undefined) return;
      const ofStickers = stickerAnimations(view.content);
      for (const { array, id, value, path } of view.materials) {
        for (const one of resourcesOf(array, value, ofStickers.has(id))) {
          const { name, id: resourceId, effectId } = one.reference;
          const hasId = (resourceId ?? effectId) !== undefined;
          // The app writes entries that choose nothing.
          if (!hasId && name === undefined) continue;
          const lookup = catalog.lookup(profile.app, one.kind, one.reference);
          const asked = { ...one, at: [...path, ...one.path], app: profile.app, lookup, hasId };
          for (const finding of check(asked, context)) report(finding);
        }
      }
    },
  };
}

const wordsOf = ({ kind }: Asked): string => kindWords([kind]);
const titleOf = (app: CatalogApp): string => (app === 'jianying' ? 'JianYing' : 'CapCut');

/** Writes another resource in the place of one. */
function put(
  { at, effectKey }: Asked,
  { name, resourceId, effectId }: CatalogEntry,
): NonNullable<DraftFinding['fix']> {
  return {
    title: `take ${resourceId}, "${name}"`,
    timeline: (edit) => {
      edit.setAt([...at, 'resource_id'], resourceId);
      edit.setAt([...at, 'name'], name);
      if (effectKey !== undefined) edit.setAt([...at, effectKey], effectId);
    },
  };
}

/** DR079: a resource that only has a name is one that the app has. */
export const unknownResource = resourceRule(
  { id: 'DR079', title: 'resources are named by their ids', severity: 'error', fixable: true },
  (asked) => {
    const { hasId, kind, lookup, reference, app, at } = asked;
    // A template has all that it shows with it: whether one without an id is found, no draft has told.
    if (hasId || kind === 'text-template' || lookup.status === 'ambiguous') return [];
    const what = `${wordsOf(asked)} ${showJson(reference.name)} has no id`;
    const finding = { path: at, message: `${what}, so that ${titleOf(app)} does not find it` };
    if (lookup.status === 'found' && lookup.exact) return [{ ...finding, fix: put(asked, lookup.entry) }];
    const twin = lookup.status === 'other-app' ? lookup.twin : undefined;
    if (twin !== undefined) return [{ ...finding, fix: put(asked, twin) }];
    const close =
      lookup.status === 'unknown' ? lookup.close : lookup.status === 'found' ? [lookup.entry.name] : [];
    const hint =
      close.length > 0 ? `names that ${titleOf(app)} has: ${close.join(', ')}` : 'choose it anew in the app';
    return [{ ...finding, hint }];
  },
);

/** DR080: a resource that only has a name is a single one. */
export const ambiguousResource = resourceRule(
  { id: 'DR080', title: 'a name means one resource', severity: 'error' },
  (asked) => {
    const { hasId, kind, lookup, reference, at } = asked;
    if (hasId || kind === 'text-template' || lookup.status !== 'ambiguous') return [];
    const ids = lookup.entries.slice(0, 5).map(({ resourceId }) => resourceId);
    const message = `${wordsOf(asked)} ${showJson(reference.name)} may be any of ${lookup.entries.length}: ${ids.join(', ')}`;
    return [{ path: at, message, hint: 'choose it anew in the app' }];
  },
);

/** DR081: a resource is one of the app that opens the draft. */
export const foreignResource = resourceRule(
  { id: 'DR081', title: 'resources are of the app of the draft', severity: 'error', fixable: true },
  (asked) => {
    const { hasId, lookup, app, at, reference } = asked;
    if (!hasId || lookup.status !== 'other-app') return [];
    const { entry, twin } = lookup;
    // By its name alone nothing is certain: names are alike in both apps.
    const ids = [entry.resourceId, entry.effectId, ...(entry.altEffectIds ?? [])];
    if (![reference.id, reference.effectId].some((id) => id !== undefined && ids.includes(id))) return [];
    const id = reference.id ?? reference.effectId;
    const message = `${wordsOf(asked)} ${id} is the resource "${entry.name}" of ${titleOf(entry.app)}; ${titleOf(app)} ignores it`;
    // A template is more than its id: another one cannot take its place.
    if (twin === undefined || asked.kind === 'text-template')
      return [{ path: at, message, hint: `choose a resource of ${titleOf(app)}` }];
    return [{ path: at, message, fix: put(asked, twin) }];
  },
);

/** DR082: resources that need a membership. */
export const vipResource = resourceRule(
  { id: 'DR082', title: 'resources need no membership', severity: 'warning' },
  (asked) => {
    const { lookup, at } = asked;
    if (lookup.status !== 'found' || lookup.entry.vip !== true) return [];
    const message = `${wordsOf(asked)} "${lookup.entry.name}" needs a membership`;
    return [{ path: at, message, hint: 'without one the app will not export it' }];
  },
);

/** DR085: effects have the parameters that they have in the app. */
export const surplusParameter = resourceRule(
  { id: 'DR085', title: 'effects have the parameters of the app', severity: 'error' },
  ({ lookup, parameters = [], parametersKey, at }) => {
    const known = lookup.status === 'found' ? lookup.entry.parameters : undefined;
    if (known === undefined || lookup.status !== 'found') return [];
    const names = known.map(({ name }) => name);
    const seen = new Set<string>();
    return parameters.flatMap((parameter, index): DraftFinding[] => {
      const name = textOf(parameter.name);
      if (name === undefined || (names.includes(name) && !seen.has(name))) {
        if (name !== undefined) seen.add(name);
        return [];
      }
      const why = names.includes(name) ? 'twice' : 'which it has not in the app';
      const message = `"${lookup.entry.name}" has the parameter "${name}" ${why}; it has ${names.length === 0 ? 'none' : names.join(', ')}`;
      const [close] = closest(name, names);
      return [
        {
          path: [...at, parametersKey!, index],
          message,
          hint: close === undefined ? 'remove it' : `"${close}"?`,
        },
      ];
    });
  },
);

/** DR087: resources that the catalog does not have. */
export const unlistedResource = resourceRule(
  { id: 'DR087', title: 'resources are in the catalog', severity: 'info' },
  (asked) => {
    const { hasId, lookup, kind, at, reference } = asked;
    if (!hasId || lookup.status !== 'unknown' || UNLISTED_KINDS.has(kind)) return [];
    const message = `${wordsOf(asked)} ${reference.id ?? reference.effectId} is not in the loaded catalog`;
    return [{ path: at, message, hint: 'cozecut catalog harvest learns it from drafts of the app' }];
  },
);

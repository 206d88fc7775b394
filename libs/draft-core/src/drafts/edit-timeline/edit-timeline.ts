import type { Catalog } from '@cozecut/catalog';
import { isUserError, type Problem } from '@cozecut/problems';
import type { MediaFacts, MediaFile } from '../../media-facts.ts';
import { DEFAULT_PROFILE, findProfile } from '../../profiles/index.ts';
import type { Profile } from '../../profiles/profile.ts';
import { Resources } from '../../resources/resources.ts';
import type { Timeline, TimelineTransition } from '../../timeline/schema.ts';
import { applyDraftEdits, problemsOf } from '../edit/apply-draft-edits.ts';
import { EditDraft } from '../edit/edit-draft.ts';
import { checkEdits, type DraftEdit } from '../edit/operations/index.ts';
import { Spellings } from '../edit/spellings.ts';
import { JsonDocument } from '../json/json-document.ts';
import type { OpenedDraft } from '../opened-draft.ts';
import { editableTimeline } from './editable-timeline.ts';
import { addToTimeline, migrateTimeline } from './own-edits.ts';
import { projectTimeline } from './project.ts';
import { readBack } from './read-back.ts';
import { newTimelineErrors } from './timeline-errors.ts';

/** What edits of a timeline need from outside. */
export interface TimelineEditPorts {
  /** Unix time in milliseconds. */
  now(): number;
  /** A fresh random UUID. */
  uuid(): string;
  /** Files that were opened, by the `media` that clips and edits name. */
  media?: ReadonlyMap<string, MediaFile>;
  /** Other timelines, by the `from` that edits name. */
  timelines?: ReadonlyMap<string, Timeline>;
  catalog?: Catalog;
}

/** What edits make of a timeline. */
export interface EditedTimeline {
  /** Times in microseconds, an id on every track and clip; missing when a finding is an error. */
  timeline?: Timeline;
  /** One sentence for each edit. */
  summary: string[];
  problems: Problem[];
  /** Media that have to be opened first: what they are decides what the edits make of their clips. */
  wants: string[];
}

/** Folder of a draft that does not exist; paths below it lead to media that edits bring along. */
const NOWHERE = '/draft';

/**
 * Makes edits of a timeline, all or none: the operations of {@link applyDraftEdits}, on the part of a draft that they
 * look at. What a clip says besides comes back as it was.
 *
 * @param edits - Checked against their schema here.
 * @returns Findings; an error among them means that nothing was changed. Pointers are those of the edits, of the
 * timeline only where its rules are broken.
 */
export function editTimeline(timeline: Timeline, edits: unknown, ports: TimelineEditPorts): EditedTimeline {
  const run = new TimelineRun(ports);
  const checked = checkEdits(edits, run.problems);
  if (checked === undefined) return { summary: [], problems: run.problems, wants: [] };
  let edited = editableTimeline(timeline);
  let at = 0;
  try {
    for (const group of groupsOf(checked)) {
      at = group.first;
      edited = run.make(edited, group);
      // What follows was meant for a timeline that there is not.
      if (hasError(run.problems)) break;
    }
  } catch (error) {
    if (!isUserError(error)) throw error;
    run.problems.push(...problemsOf(error).map((problem) => ({ ...problem, pointer: `/${at}` })));
  }
  if (!hasError(run.problems)) {
    const { catalog } = ports;
    const options = {
      allowVip: true,
      ...factsOf(edited, ports),
      ...(catalog === undefined ? {} : { catalog }),
    };
    run.problems.push(...newTimelineErrors(timeline, edited, options));
  }
  return {
    ...(hasError(run.problems) ? {} : { timeline: edited }),
    summary: run.summary,
    problems: run.problems,
    wants: [...run.wants],
  };
}

/** Edits that one kind of code makes, and the place of the first. */
interface Group {
  edits: DraftEdit[];
  first: number;
}

/** Neighbouring edits of drafts go together, so that a timeline is projected once for them. */
function groupsOf(edits: readonly DraftEdit[]): Group[] {
  const groups: Group[] = [];
  const isOwn = ({ op }: DraftEdit): boolean => op === 'add' || op === 'migrate';
  for (const [index, edit] of edits.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && !isOwn(edit) && !isOwn(last.edits[0]!)) last.edits.push(edit);
    else groups.push({ edits: [edit], first: index });
  }
  return groups;
}

class TimelineRun {
  readonly problems: Problem[] = [];
  readonly summary: string[] = [];
  readonly wants = new Set<string>();
  readonly #ports: TimelineEditPorts;

  constructor(ports: TimelineEditPorts) {
    this.#ports = ports;
  }

  make(timeline: Timeline, { edits, first }: Group): Timeline {
    const [edit] = edits as [DraftEdit];
    switch (edit.op) {
      case 'migrate': {
        const { timeline: made, summary } = migrateTimeline(timeline, edit);
        this.summary.push(summary);
        return made;
      }
      case 'add': {
        const draft = this.#draftOf(new JsonDocument(JSON.stringify(this.#project(timeline)), timeline.name));
        const { timeline: made, summary } = addToTimeline(timeline, edit, draft, this.#ports.uuid);
        this.summary.push(summary);
        return made;
      }
      default:
        return this.#asDraft(timeline, edits, first);
    }
  }

  #asDraft(timeline: Timeline, edits: readonly DraftEdit[], first: number): Timeline {
    const { media, timelines = new Map<string, Timeline>() } = this.#ports;
    const profile = profileOf(timeline);
    const { now, uuid, catalog } = this.#ports;
    const result = applyDraftEdits(this.#open(timeline), edits, {
      now,
      uuid,
      profile,
      drafts: new Map([...timelines].map(([id, one]) => [id, this.#open(editableTimeline(one))])),
      ...(media === undefined ? {} : { media }),
      ...(catalog === undefined ? {} : { catalog }),
    });
    for (const problem of result.problems)
      this.problems.push({ ...problem, ...movedBy(first, problem.pointer) });
    this.summary.push(...result.summary);
    if (result.timeline === undefined) return timeline;
    const sources = new Map([...(media ?? [])].map(([source, { path }]) => [path, source]));
    const added = new Map(result.files.map(({ from, path }) => [path, sources.get(from)]));
    return readBack(this.#draftOf(result.timeline), timeline, {
      factsOf: (source) => media?.get(source)?.facts,
      isStill: isStillFor(profile),
      mediaAt: (path) => [...added].find(([inside]) => path.endsWith(inside))?.[1] ?? path,
      wants: (source) => this.wants.add(source),
    });
  }

  #draftOf(document: JsonDocument): EditDraft {
    return new EditDraft(document, new Spellings(), this.#ports.uuid, document.name);
  }

  #open(timeline: Timeline): OpenedDraft {
    for (const track of timeline.tracks) {
      for (const clip of track.clips) {
        const isUnknown =
          'media' in clip && clip.duration === undefined && clip.source?.duration === undefined;
        if (isUnknown && !this.#ports.media?.has(clip.media)) this.wants.add(clip.media);
      }
    }
    const file = {
      path: 'draft_content.json',
      role: 'primary',
      state: 'plain',
      bytes: 0,
      sha256: '',
      modifiedMs: 0,
    };
    return {
      kind: 'folder',
      path: NOWHERE,
      name: timeline.name,
      entries: new Map(),
      timelines: [],
      primary: file as OpenedDraft['primary'],
      reason: '',
      isChosen: false,
      timeline: new JsonDocument(JSON.stringify(this.#project(timeline)), timeline.name),
      encrypted: [],
      mainTimelineId: undefined,
      meta: undefined,
      index: undefined,
    };
  }

  #project(timeline: Timeline): object {
    const { media, uuid, catalog } = this.#ports;
    const profile = profileOf(timeline);
    const resources = catalog && new Resources(profile.app, catalog);
    return projectTimeline(timeline, {
      uuid,
      isStill: isStillFor(profile),
      transitionUs: (transition: TimelineTransition) =>
        resources?.find(['transition'], transition)?.defaultDurationUs,
      ...(media === undefined ? {} : { media }),
    });
  }
}

function isStillFor({ gif }: Profile): (facts: MediaFacts) => boolean {
  return ({ kind }) => kind === 'photo' || (kind === 'gif' && gif === 'gif');
}

function profileOf({ profile }: Timeline): Profile {
  return findProfile(profile ?? DEFAULT_PROFILE);
}

function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** A group counts its edits from 0. */
function movedBy(first: number, pointer: string | undefined): { pointer?: string } {
  if (pointer === undefined) return {};
  return { pointer: pointer.replace(/^\/(\d+)/, (_, index) => `/${Number(index) + first}`) };
}

/** What is known of the files; nothing unless all are known, since rules take what is missing for a mistake. */
function factsOf({ tracks }: Timeline, { media }: TimelineEditPorts): { facts?: Map<string, MediaFacts> } {
  if (media === undefined) return {};
  const isWhole = tracks.every(({ clips }) =>
    clips.every((clip) => !('media' in clip) || media.has(clip.media)),
  );
  return isWhole ? { facts: new Map([...media].map(([source, file]) => [source, file.facts])) } : {};
}

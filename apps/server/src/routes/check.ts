import type { TimeUnit } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';
import { Router } from 'express';
import { type CheckedDraft, type CheckRequest, checkInput } from '../check/check-input.ts';
import type { PlacedProblem } from '../check/find-places.ts';
import { toldFindings } from '../check/told-findings.ts';
import type { ServerContext } from '../context.ts';
import { ok, send } from '../http/answer.ts';
import { once } from '../http/once.ts';
import { readWidth, USUAL_WIDTH } from '../http/picture-width.ts';
import { publicProblem } from '../problem-response.ts';

const UNITS = ['auto', 's', 'ms', 'us'] as const satisfies (TimeUnit | 'auto')[];
const THEMES = ['light', 'dark', 'auto'] as const;

/** Looks at a text as somebody types it: what it is, what it has, what is wrong with it, and its picture. */
export function checkRoute({ store, catalog }: ServerContext): Router {
  return Router().post('/v1/check', async (request, response) => {
    const checked = await once(store.idempotency, request, response, async () => {
      const { format, drafts, unitChoices, problems } = checkInput(requestOf(request.body), catalog);
      return ok({
        ...(format === undefined ? {} : { format }),
        drafts: drafts.map(publicDraft),
        unit_choices: unitChoices.map(({ unit, durationUs }) => ({ unit, duration_us: durationUs })),
        ...toldFindings(problems, publicFinding),
      });
    });
    send(response, checked);
  });
}

function publicDraft({ name, tracks, clips, media, durationUs, svg }: CheckedDraft) {
  return { name, tracks, clips, media, duration_us: durationUs, svg };
}

function publicFinding(problem: PlacedProblem) {
  const { start, end } = problem;
  return { ...publicProblem(problem), ...(start && { start }), ...(end && { end }) };
}

function requestOf(body: unknown): CheckRequest {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const { content, width = USUAL_WIDTH } = given;
  if (typeof content !== 'string') throw new UserError('INPUT_INVALID', 'content must be a text');
  return {
    content,
    width: readWidth(width),
    from: textOf(given, 'from'),
    fileName: textOf(given, 'file_name'),
    profile: textOf(given, 'profile'),
    timeUnit: choice(given, 'time_unit', UNITS),
    theme: choice(given, 'theme', THEMES),
  };
}

/** A text that may be left out; `auto` is the same as nothing. */
function textOf(given: Record<string, unknown>, name: string): string | undefined {
  const value = given[name];
  if (value === undefined || value === 'auto') return undefined;
  if (typeof value === 'string' && value !== '' && value.length <= 255) return value;
  throw new UserError('INPUT_INVALID', `${name} must be a text of 1 to 255 characters`);
}

function choice<Value extends string>(
  given: Record<string, unknown>,
  name: string,
  values: readonly Value[],
): Value {
  const value = given[name] ?? 'auto';
  const found = values.find((one) => one === value);
  if (found !== undefined) return found;
  throw new UserError('INPUT_INVALID', `${name} must be one of ${values.join(', ')}`);
}

import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHost, second, type TestHost } from './support/host.ts';

let host: TestHost;
let draft_id: string;
const tomorrow = 'draft-timeline/999';

beforeAll(async () => {
  host = await openTestHost(tmpdir());
  ({ draft_id } = await host.run('create_draft', { name: 'later', width: 1080, height: 1920 }));
  await host.store.drafts.edit(draft_id, (timeline) => ({ ...(timeline as object), schema: tomorrow }));
});
afterAll(() => host.close());

const captions = [{ text: 'hello', start: 0, end: second }];

test.each([
  ['get_draft', {}],
  ['get_track', { track_id: 'x' }],
  ['get_segment', { segment_id: 'x' }],
  ['add_captions', { captions }],
  ['add_subtitles', { content: '1\n00:00:00,000 --> 00:00:01,000\nhello\n' }],
  ['delete_track', { track_id: 'x' }],
  ['delete_segment', { segment_id: 'x' }],
  ['copy_draft', { name: 'other' }],
  ['save_draft', {}],
])('a draft that a newer release has stored: %s says so and leaves it alone', async (tool, input) => {
  const before = await host.store.drafts.get(draft_id);
  const error = await host.refused(tool, { draft_id, ...input });
  expect(error).toMatchObject({ code: 'DRAFT_INVALID' });
  expect(JSON.stringify(error)).toContain(`\\"${tomorrow}\\" is newer than the versions that can be read`);
  expect(await host.store.drafts.get(draft_id)).toEqual(before);
});

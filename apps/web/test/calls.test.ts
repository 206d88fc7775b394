import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from './support/api.ts';
import { NO_BROWSER, useBrowser } from './support/browser.ts';
import { testLooks } from './support/looks.ts';
import { type RealServer, startServer } from './support/server.ts';

const WORKFLOW = '7400000000000000001';
const ASKING = {
  turns: [],
  workflows: {
    [WORKFLOW]: {
      interrupt: { type: 2, data: 'Which city?' },
      next: {
        interrupt: {
          type: 5,
          requiredParameters: { days: { type: 'integer', required: true, description: 'How long' } },
        },
        next: { output: { text: 'planned' } },
      },
    },
  },
};
/** A plugin with a tool that asks its caller. */
const TRIPS = `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: trips, version: 1.0.0 }
tools:
  - name: plan_trip
    summary: Plan
    handler: workflow:plan
    input: { type: object, properties: {} }
    output: { type: object, properties: { text: { type: string, description: Text } } }
bindings:
  workflows:
    - { name: plan, region: cn, workflowId: "${WORKFLOW}", onInterrupt: job }
deployments:
  local: { modes: [cloud, manual], server: { host: 127.0.0.1, port: 0 } }
`;

describe.skipIf(NO_BROWSER)('calls', () => {
  let server: RealServer;
  let draftId: string;
  beforeAll(async () => {
    server = await startServer();
    draftId = (await call(server.url, '/v1/drafts', { name: 'called' })).draft_id;
    for (let number = 0; number < 31; number++) await call(server.url, `/v1/drafts/${draftId}/lint`, {});
    await call(server.url, '/v1/drafts', { width: 3 }).catch(() => undefined);
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('lists them, narrows them down, and shows all that is known of one', async () => {
    const page = await open({ at: '/calls' });
    await page.getByText('30 of 33').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('33 of 33').waitFor();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('Failed');
    await page.getByText('1 of 1').waitFor();
    await page.getByRole('button', { name: /create_draft/ }).click();
    const details = page.getByRole('definition');
    await details.filter({ hasText: 'INPUT_INVALID' }).waitFor();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('Any status');
    await page.getByRole('combobox', { name: 'Tool' }).selectOption('create_draft');
    await page.getByText('2 of 2').waitFor();
    await page.getByRole('combobox', { name: 'Tool' }).selectOption('Any tool');
    await page.getByRole('searchbox').fill(draftId);
    await page.getByText('30 of 32').waitFor();
  });

  test('shows those of one draft, from the draft', async () => {
    const page = await open({ at: `/drafts/${draftId}` });
    await page.getByRole('link', { name: 'Calls of this draft' }).click();
    await page.getByText(`Calls of the draft ${draftId}`).waitFor();
    await page.getByText(/^30 of 3\d$/).waitFor();
    await page.getByRole('link', { name: 'Show all' }).click();
    await page.getByText(/^30 of 3[3-9]$/).waitFor();
  });

  test('shows a new one as it comes, also after its connection was cut', async () => {
    const page = await open({ at: '/calls' });
    await page.route('**/v1/activity', (route) => route.abort(), { times: 1 });
    await page.reload();
    const watched = page.waitForResponse('**/v1/activity');
    await page.getByRole('combobox', { name: 'Tool' }).selectOption('list_drafts');
    await page.getByText('Nothing fits').waitFor();
    await watched;
    await call(server.url, '/v1/drafts');
    await page.getByText('1 of 1').waitFor();
  });

  test('says once why a job has failed, in the language of the page', async () => {
    await call(server.url, '/api/draft/generate', { content: '{"drafts": []}' }).catch(() => undefined);
    const page = await open({ locale: 'zh-CN', at: '/calls/jobs' });
    await page.getByRole('link', { name: /generate_draft/ }).click();
    await page.getByRole('alert').getByText('导出内容中没有草稿').waitFor();
    expect(await page.getByRole('alert').getByText('导出内容中没有草稿').count()).toBe(1);
    expect(await page.getByText('started').count()).toBe(0);
    await page.getByRole('region', { name: '相关调用' }).getByRole('button').click();
    await page.getByText('云端（REST）').waitFor();
  });

  testLooks('calls', open, { at: () => '/calls', ready: (page) => page.getByText(/^30 \D+ \d+$/).waitFor() });
});

describe.skipIf(NO_BROWSER)('jobs', () => {
  let coze: Emulator;
  let server: RealServer;
  beforeAll(async () => {
    coze = await startEmulator({ scenario: ASKING });
    server = await startServer({
      files: { 'plugin.yaml': TRIPS },
      env: { COZE_API_TOKEN: coze.token, COZE_BASE_URL: coze.url },
    });
  });
  afterAll(async () => {
    await server?.close();
    await coze?.close();
  });
  const { open } = useBrowser(() => server.url);
  const begin = async () => (await call(server.url, '/v1/tools/plan_trip', {})).job_id;

  test('answers what a job asks, and sees it end', async () => {
    const page = await open({ at: '/calls/jobs' });
    const id = await begin();
    await page
      .getByRole('link', { name: /plan_trip/ })
      .first()
      .click();
    await page.getByRole('region', { name: 'It waits for an answer' }).getByText('Which city?').waitFor();
    await page.getByRole('textbox', { name: 'Answer' }).fill('Paris');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByLabel('days').fill('3');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('region', { name: 'Output' }).first().getByText('planned').waitFor();
    expect((await call(server.url, `/v1/jobs/${id}`)).status).toBe('succeeded');
    const told = coze
      .transcript()
      .filter(({ dir, route }) => dir === 'in' && route === '/v1/workflows/resume');
    expect(told.map(({ body }) => (body as { resume_data: string }).resume_data)).toEqual([
      'Paris',
      '{"days":3}',
    ]);
  });

  test('stops a job, does it again, and finds it by its id', async () => {
    const id = await begin();
    const page = await open({ at: '/calls/jobs' });
    await page.getByRole('searchbox').fill(id);
    await page.getByText('1 of 1').waitFor();
    await page.getByRole('link', { name: /plan_trip/ }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('status').getByText('Stopped').waitFor();
    await page.getByRole('button', { name: 'Do it again' }).click();
    await page.getByText('Which city?', { exact: true }).waitFor();
    expect(page.url()).not.toContain(id);
    expect((await call(server.url, `/v1/jobs/${id}`)).status).toBe('cancelled');
  });

  test('shows what a job asks, though the first answer about it is from before that and late', async () => {
    const page = await open({ at: '/calls/jobs' });
    const id = await begin();
    const answerLate = async (route: Route) => {
      const job = await (await route.fetch()).json();
      delete job.question;
      // Long enough for the events of the job to come first.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      // A request that was given up has nobody who waits.
      await route.fulfill({ json: { ...job, status: 'running' } }).catch(() => {});
    };
    await page.getByRole('searchbox').fill(id);
    await page.getByText('1 of 1').waitFor();
    await page.route(`**/v1/jobs/${id}`, answerLate, { times: 1 });
    await page.getByRole('link', { name: /plan_trip/ }).click();
    await page.getByText('Which city?', { exact: true }).waitFor();
    await call(server.url, `/v1/jobs/${id}/cancel`, {});
  });

  // One for all looks: a job that waits takes a place in the queue.
  let waiting: Promise<string> | undefined;
  testLooks('job', open, {
    at: () => '/calls/jobs',
    async ready(page) {
      waiting ??= begin();
      await page.goto(`${server.url}/#/calls/job/${await waiting}`);
      await page.getByText('Which city?', { exact: true }).waitFor();
    },
  });
});

import { describe, expect, test } from 'vitest';
import { type EmulatorOptions, shippedScenario } from '../src/index.ts';
import { CHAT, client, start, WORKFLOW } from './support.ts';

/** Reads frames as a strict client does: exactly these fields in this order in every frame, nothing else. */
function readStrictly(text: string, fields: readonly string[]): string[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const lines = block.split('\n');
      const names = lines.map((line) => line.split(':')[0]);
      if (names.join() !== fields.join()) throw new Error(`not a frame: ${block}`);
      return lines[fields.indexOf('event')]!.replace(/^event: ?/, '');
    });
}

async function textOf(options: EmulatorOptions, path: string, body: object): Promise<string> {
  const { request } = client(await start(options));
  return (await request('POST', path, body)).text();
}
const RUN = { workflow_id: WORKFLOW, parameters: {} };
const CHATFLOW = {
  ...RUN,
  bot_id: 'b',
  additional_messages: [{ role: 'user', content: 'x', content_type: 'text' }],
};

describe('a strict reader', () => {
  test.each(['a-answer', 'b-one-tool', 'c-two-rounds', 'd-two-calls', 'e-no-arguments'])(
    'reads %s',
    async (name) => {
      const text = await textOf({ scenario: shippedScenario(name) }, '/v3/chat', CHAT);
      expect(readStrictly(text, ['event', 'data']).at(-1)).toBe('done');
    },
  );

  test.each(['k0-workflow', 'k2-question', 'k6-local-plugin'])('reads %s', async (name) => {
    const text = await textOf({ scenario: shippedScenario(name) }, '/v1/workflow/stream_run', RUN);
    expect(readStrictly(text, ['id', 'event', 'data']).length).toBeGreaterThan(0);
  });

  test('does not read comments in a chat, nor numbers in a chatflow of a self-hosted service', async () => {
    const chat = await textOf({ scenario: shippedScenario('m-heartbeat-chat') }, '/v3/chat', CHAT);
    expect(() => readStrictly(chat, ['event', 'data'])).toThrow(': ping');
    const scenario = shippedScenario('l-chatflow');
    const flow = await textOf({ scenario }, '/v1/workflows/chat', CHATFLOW);
    expect(readStrictly(flow, ['event', 'data']).at(-1)).toBe('done');
    const numbered = await textOf({ scenario, dialect: 'studio' }, '/v1/workflows/chat', CHATFLOW);
    expect(() => readStrictly(numbered, ['event', 'data'])).toThrow('id: 1');
  });
});

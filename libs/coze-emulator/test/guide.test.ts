import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHOICES, DEFAULT_SETTINGS, FAULTS, parseScenario, scenarioNames } from '../src/index.ts';

const guide = readFileSync(new URL('../../../docs/guides/emulator.md', import.meta.url), 'utf8');

test('the guide names every choice, fault and scenario', () => {
  for (const { unknown, chosen, setting } of CHOICES) {
    expect(guide).toContain(`| ${unknown} | ${chosen} | ${setting ? `\`${setting}\`` : '–'} |`);
  }
  for (const [id, { title, expected }] of Object.entries(FAULTS)) {
    expect(guide).toContain(`| ${id} | ${title} | ${expected} |`);
  }
  for (const name of scenarioNames()) expect(guide).toContain(`| \`${name}\` |`);
});

test('every choice with a setting is a setting, and the example of the guide is a scenario', () => {
  const settings = Object.keys(DEFAULT_SETTINGS);
  for (const { setting } of CHOICES) if (setting) expect(settings).toContain(setting);
  const [, example] = /```json\n([\s\S]*?)```/.exec(guide)!;
  expect(parseScenario(JSON.parse(example!)).turns).toHaveLength(1);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { diskFiles, printManifest, resolveManifest, shownManifest, toReadableJson } from '../src/index.ts';
import { fullFolder, fullManifest } from './support/full.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-print-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = {
  PUBLIC_URL: 'https://notes.example.com',
  DATABASE_URL: 'postgres://ann:hunter2@db.example.com/notes?password=hunter3',
};
const resolved = resolveManifest(fullManifest, { ...diskFiles, deployment: 'prod', env, lenient: true });

describe('a printed manifest', () => {
  test('is YAML of what the deployment comes to', () => {
    const text = printManifest(resolved, { origins: false, folder: fullFolder });
    expect(text).not.toMatch(/ # (built in|plugin)/);
    expect(parse(text)).toEqual(shownManifest(resolved));
    expect(parse(text).tools[1]).toMatchObject({ name: 'add_notes', timeout: '45s', concurrency: 4 });
  });

  test('says behind each value where it is written', () => {
    const text = printManifest(resolved, { origins: true, folder: fullFolder });
    expect(parse(text)).toEqual(shownManifest(resolved));
    for (const line of text.split('\n')) {
      // A line without an origin only opens a map or a list.
      if (line !== '' && !/ # (built in|[\w./-]+:\d+(, from the environment)?)$/.test(line)) {
        expect(line).toMatch(/^ *(- )*("[^"]*"|[^ ]+):( \|-?)?$/);
      }
    }
    expect(text).toMatch(/^ {2}name: video-notes # plugin\.yaml:4$/m);
    expect(text).toMatch(/^ {4}retries: 0 # built in$/m);
    expect(text).toMatch(/timeout: 45s # plugin\.yaml:\d+$/m);
    expect(text).toMatch(/name: list_notes # tools\/list-notes\.yaml:\d+$/m);
    expect(text).toMatch(/description: Id of the notebook # schemas\/add-notes\.yaml:13$/m);
    expect(text).toMatch(
      /publicUrl: https:\/\/notes\.example\.com\/ # plugin\.yaml:\d+, from the environment$/m,
    );
  });

  test('shows no secret', () => {
    const file = join(folder, 'plugin.yaml');
    writeFileSync(
      file,
      `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: hidden, version: 1.0.0 }
tools:
  - name: call
    summary: Call
    handler:
      http:
        url: "https://api.example.com/x?api_key=hunter4&page=1"
        headers: { Authorization: "Bearer hunter5", X-Api-Key: "secret:KEY", Accept: text/plain, X-Id: "\${env:MY_ID}" }
    input: { type: object }
    output: { type: object }
deployments:
  local: { mode: local, store: "\${env:DATABASE_URL}", server: { port: "\${env:PORT}" } }
`,
    );
    const secret = resolveManifest(file, { ...diskFiles, env: { ...env, MY_ID: 'hunter6', PORT: '81' } });
    const text = printManifest(secret, { origins: true, folder });
    expect(text).not.toContain('hunter');
    expect(text).toContain('url: https://api.example.com/x?api_key=***&page=1');
    expect(text).toContain('X-Api-Key: secret:KEY');
    expect(text).toContain('Accept: text/plain');
    expect(text).toContain(
      'store: postgres://***@db.example.com/notes?password=*** # plugin.yaml:14, from the environment',
    );
    expect(text).toContain('port: 81 # plugin.yaml:14, from the environment');
  });
});

test('readable JSON is JSON, with short lists on one line', () => {
  const value = { a: [1, 'x', null], b: [{ c: [] }], d: {}, e: Array.from({ length: 30 }, () => 'long') };
  const text = toReadableJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain('"a": [1, "x", null],\n  "b": [\n    {\n      "c": []\n    }\n  ],\n  "d": {},');
  expect(text).toContain('"e": [\n    "long",\n');
  expect(text.endsWith('}\n')).toBe(true);
});

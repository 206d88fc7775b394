import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { Tool } from '@cozecut/manifest';
import type { Environment } from '../../settings.ts';
import { findManifest, type ManifestChoice, readManifest } from '../manifest.ts';
import { type ToolChanges, toolChanges } from './tool-changes.ts';
import { createVersions } from './versions.ts';
import { watchFolder } from './watch-folder.ts';

/** What `dev` was asked for. */
export interface DevRequest extends ManifestChoice {
  port?: number | undefined;
  env: Environment;
  folder: string;
  onEvent(event: DevEvent): void;
}

/** What happens while a plugin is worked on. */
export type DevEvent =
  | { type: 'serving'; url: string; plugin: string; version: string; tools: string[]; changes: ToolChanges }
  /** The files are not a plugin that can be served; when `isServing`, the former version still is. */
  | { type: 'failed'; error: Error; isServing: boolean }
  | { type: 'changed'; files: string[] }
  | { type: 'log'; line: string };

/** A plugin that is served while it is worked on. */
export interface Dev {
  /** Serves what the files are now. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** Serves a plugin and serves it anew whenever one of its files changes. */
export async function startDev(request: DevRequest): Promise<Dev> {
  const { env, folder, onEvent } = request;
  const { file: manifest } = findManifest(request.manifest, env, folder);
  const watched = existsSync(manifest) ? dirname(manifest) : folder;
  let tools: readonly Tool[] = [];
  let isServing = false;
  const versions = createVersions({
    program: resolve(dirname(createRequire(import.meta.url).resolve('cozecut/package.json')), 'bin/run.js'),
    args: serveArguments(request, manifest),
    env,
    onLog: (line) => onEvent({ type: 'log', line }),
    onLost() {
      isServing = false;
      onEvent({ type: 'failed', error: new Error('the server has ended'), isServing });
    },
  });

  async function reload(): Promise<void> {
    try {
      // First of all: a mistake in the manifest needs no process to be found, and has a place that can be shown.
      const plugin = readManifest({ ...request, manifest }, env, folder);
      const url = await versions.start();
      const changes = toolChanges(tools, plugin.tools);
      tools = plugin.tools;
      isServing = true;
      const names = tools.filter((tool) => tool.enabled).map((tool) => tool.name);
      const { name, version } = plugin;
      onEvent({ type: 'serving', url, plugin: name, version, tools: names, changes });
    } catch (error) {
      onEvent({ type: 'failed', error: error as Error, isServing });
    }
  }

  const unwatch = await watchFolder(watched, (files) => {
    onEvent({ type: 'changed', files });
    void reload();
  });
  await reload();
  return {
    reload,
    async close() {
      await unwatch();
      await versions.close();
    },
  };
}

function serveArguments({ deployment, port }: DevRequest, manifest: string): string[] {
  return [
    ...['serve', '--json', '--manifest', manifest],
    ...(deployment === undefined ? [] : ['--deployment', deployment]),
    ...(port === undefined ? [] : ['--port', String(port)]),
  ];
}

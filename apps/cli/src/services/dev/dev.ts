import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Plugin, Tool } from '@cozecut/manifest';
import { isUserError, UserError } from '@cozecut/problems';
import type { Environment } from '../../settings.ts';
import { findManifest, type ManifestChoice } from '../manifest.ts';
import type { BotToolEvent } from './bot.ts';
import { createDevChat } from './chat.ts';
import { serverToken } from './cloud-plugin.ts';
import { type LocalCoze, startLocalCoze } from './coze.ts';
import { type PluginFiles, readWithFiles } from './plugin-files.ts';
import { type ToolChanges, toolChanges } from './tool-changes.ts';
import { createVersions } from './versions.ts';
import { watchFolder } from './watch-folder.ts';

/** What `dev` was asked for. */
export interface DevRequest extends ManifestChoice {
  port?: number | undefined;
  /** Whether Coze is played on this machine; else the server calls the real one, with the token of the person. */
  emulator: boolean;
  scenario?: string | undefined;
  /** The environment as it is now: a `.env` file is a part of it. */
  readEnv(): Environment;
  folder: string;
  /** First line of what the bot of the emulator says when no tool was named. */
  botHelp: string;
  onEvent(event: DevEvent): void;
}

/** What happens while a plugin is worked on. */
export type DevEvent =
  | { type: 'emulator'; url: string; token: string; bot_id: string }
  | {
      type: 'serving';
      url: string;
      plugin: string;
      version: string;
      tools: string[];
      changes: ToolChanges;
      /** Files that led to this version; empty for the first one. */
      files: string[];
    }
  /** The files are not a plugin that can be served; when `isServing`, the former version still is. */
  | { type: 'failed'; error: Error; isServing: boolean }
  /** The version serves, and Coze would not import its documents. */
  | { type: 'refused'; message: string }
  | { type: 'changed'; files: string[] }
  | { type: 'log'; line: string }
  | { type: 'said'; text: string }
  | BotToolEvent
  | { type: 'answer'; text: string }
  | { type: 'chat.failed'; error: Error };

/** A plugin that is served while it is worked on. */
export interface Dev {
  /** The plugin that serves now. */
  plugin(): Plugin | undefined;
  /** Serves what the files are now. */
  reload(): Promise<void>;
  /** Says something to the bot and waits for its answer, which is an event. */
  say(text: string): Promise<void>;
  close(): Promise<void>;
}

const NO_PLACE: ReadonlySet<string> = new Set(['PORT_IN_USE', 'ADDRESS_UNAVAILABLE']);

/**
 * Serves a plugin and serves it anew whenever one of its files changes; a bot beside it calls its tools.
 *
 * @throws UserError PORT_IN_USE, ADDRESS_UNAVAILABLE when the first version has no place to listen.
 */
export async function startDev(request: DevRequest): Promise<Dev> {
  const { readEnv, folder, onEvent } = request;
  let env = readEnv();
  const { file: manifest } = findManifest(request.manifest, env, folder);
  const watched = existsSync(manifest) ? dirname(manifest) : folder;
  let serving: { plugin: Plugin; url: string } | undefined;
  let known: readonly Tool[] = [];
  let files: PluginFiles | undefined;
  let waiting: string[] = [];
  const chat = createDevChat(wait);
  const coze = request.emulator
    ? await startLocalCoze({ ...request, env, help: request.botHelp })
    : undefined;
  if (coze !== undefined) {
    onEvent({ type: 'emulator', url: coze.url, token: coze.token, bot_id: coze.botId });
  }
  const versions = createVersions({
    program: resolve(dirname(createRequire(import.meta.url).resolve('cozecut/package.json')), 'bin/run.js'),
    args: serveArguments(request, manifest),
    onLog: (line) => onEvent({ type: 'log', line }),
    onLost() {
      serving = undefined;
      const hint = 'mend why it did; the next change of a file starts it again';
      const error = new UserError('SERVER_ENDED', 'the server has ended', { hint });
      onEvent({ type: 'failed', error, isServing: false });
    },
  });

  let turns = 0;
  async function reload(): Promise<void> {
    turns += 1;
    const turn = turns;
    const changed = waiting;
    waiting = [];
    try {
      // First of all: a mistake in the manifest needs no process to be found, and has a place that can be shown.
      env = readEnv();
      const read = readWithFiles({ ...request, manifest }, env, folder);
      files = read.files;
      if (read.plugin instanceof Error) throw read.plugin;
      const { plugin } = read;
      const url = await versions.start(environmentFor(plugin, coze, env));
      const changes = toolChanges(known, plugin.tools);
      serving = { plugin, url };
      known = plugin.tools;
      const refusal = coze?.use(plugin, url, env);
      const tools = known.filter((tool) => tool.enabled).map((tool) => tool.name);
      const { name, version } = plugin;
      onEvent({ type: 'serving', url, plugin: name, version, tools, changes, files: changed });
      if (refusal !== undefined) onEvent({ type: 'refused', message: refusal.message });
    } catch (error) {
      // No change of a file mends it.
      if (turn === 1 && isUserError(error) && NO_PLACE.has(error.code)) throw error;
      // What has changed since then has a turn of its own, and says what is wrong now.
      if (turn === turns)
        onEvent({ type: 'failed', error: error as Error, isServing: serving !== undefined });
    }
  }

  const isPart = (path: string) => files === undefined || files.has(path);
  const unwatch = await watchFolder(watched, isPart, (changed) => {
    onEvent({ type: 'changed', files: changed });
    waiting.push(...changed);
    void reload();
  });
  const close = async () => {
    await unwatch();
    await versions.close();
    await coze?.close();
  };
  await reload().catch(async (error) => {
    await close();
    throw error;
  });
  return {
    plugin: () => serving?.plugin,
    reload,
    async say(text) {
      onEvent({ type: 'said', text });
      try {
        if (serving === undefined) throw new UserError('NOT_SERVING', 'nothing is served yet');
        const { plugin, url } = serving;
        const answer = await chat.say(text, { url, token: serverToken(plugin, env) });
        onEvent({ type: 'answer', text: answer });
      } catch (error) {
        onEvent({ type: 'chat.failed', error: error as Error });
      }
    },
    close,
  };
}

/** Tools of this machine are answered by the server in both cases. */
function environmentFor(plugin: Plugin, coze: LocalCoze | undefined, env: Environment): Environment {
  return coze?.envFor(plugin, env) ?? { APP_MODE: 'local', ...env };
}

function serveArguments({ deployment, port }: DevRequest, manifest: string): string[] {
  return [
    ...['serve', '--json', '--manifest', manifest],
    ...(deployment === undefined ? [] : ['--deployment', deployment]),
    ...(port === undefined ? [] : ['--port', String(port)]),
  ];
}

import { spawn } from 'node:child_process';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../base-command.ts';
import { errorObject, errorText } from '../error-text.ts';
import type { DevEvent } from '../services/dev/dev.ts';
import { openPage } from '../services/open-page.ts';

/** Works on a plugin while it is served. */
export default class Dev extends BaseCommand {
  static override summary = 'Serve a plugin while you work on it';
  static override description =
    'Serves REST and the page, and anew after each change of a file. A version with a mistake is told and not ' +
    'served: the former one goes on until the mistake is mended. With --json every event is one line.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --manifest my-plugin/plugin.yaml --port 0',
  ];
  static override flags = {
    ...manifestFlags,
    port: Flags.integer({ description: 'port; 0 takes any free one', min: 0, max: 65_535 }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Dev);
    const stopped = Promise.withResolvers<void>();
    process.once('SIGINT', () => stopped.resolve());
    process.once('SIGTERM', () => stopped.resolve());
    let url = '';
    const { startDev } = await import('../services/dev/dev.ts');
    const dev = await startDev({
      ...flags,
      env: this.environment,
      folder: process.cwd(),
      onEvent: (event) => {
        if (event.type === 'serving') url = event.url;
        this.tell(event);
      },
    });
    this.say(process.stdin.isTTY ? this.texts.devKeys : this.texts.servingStop);
    const release = this.readKeys({
      r: () => void dev.reload(),
      l: () => this.runBeside('lint', flags.manifest),
      t: () => this.runBeside('tool test', flags.manifest),
      o: () => openPage(url),
      q: () => stopped.resolve(),
      // Ctrl-C is a key like any other while keys are read one by one.
      '\u0003': () => stopped.resolve(),
    });
    await stopped.promise;
    release();
    await dev.close();
    this.exit(0);
  }

  private tell(event: DevEvent): void {
    if (this.jsonEnabled()) {
      const shown = event.type === 'failed' ? { ...event, error: errorObject(event.error) } : event;
      process.stdout.write(`${JSON.stringify(shown)}\n`);
    }
    if (event.type === 'log') this.say(event.line);
    const time = new Date().toTimeString().slice(0, 8);
    if (event.type === 'changed') this.say(`${time}  ${this.texts.devChanged} ${event.files.join(', ')}`);
    if (event.type === 'failed') {
      this.say(errorText(event.error, this.texts));
      this.say(`${time}  ${event.isServing ? this.texts.devFormer : this.texts.devWaiting}`);
    }
    if (event.type === 'serving') {
      const { added, removed, changed } = event.changes;
      const marks = [
        ...added.map((name) => `+ ${name}`),
        ...removed.map((name) => `- ${name}`),
        ...changed.map((name) => `~ ${name}`),
      ];
      this.say(`${time}  ${this.texts.servingOn} ${event.url}  ${event.plugin} ${event.version}`);
      if (marks.length > 0) this.say(`          ${marks.join(', ')}`);
    }
  }

  private readKeys(keys: Readonly<Record<string, () => void>>): () => void {
    const { stdin } = process;
    if (!stdin.isTTY) return () => {};
    const onKey = (key: Buffer) => keys[key.toString()]?.();
    stdin.setRawMode(true).resume().on('data', onKey);
    return () => {
      stdin.removeListener('data', onKey).setRawMode(false).pause();
    };
  }

  private runBeside(command: string, manifest: string | undefined): void {
    const chosen = manifest === undefined ? [] : command === 'lint' ? [manifest] : ['--manifest', manifest];
    spawn(process.execPath, [process.argv[1]!, ...command.split(' '), ...chosen], {
      stdio: ['ignore', 2, 2],
    });
  }
}

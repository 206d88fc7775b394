import { diskFiles, readTexts } from '@cozecut/manifest/loader';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags, serverFlags, settingFlags } from '../base-command.ts';
import { fill } from '../services/fill.ts';

/** More tools than this would push the address out of sight. */
const MAX_LISTED = 12;

/** Cloud mode. */
export default class Serve extends BaseCommand {
  static override summary = 'Serve the tools of a plugin over HTTP';
  static override description =
    'Routes, checks and the OpenAPI document are made from the manifest. Beyond this machine a token is required: ' +
    'see auth.server in the manifest. `--tunnel` runs an installed program that makes the server public; it wants a ' +
    'token as well.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --deployment cloud --port 8080',
    '<%= config.bin %> <%= command.id %> --tunnel cloudflared',
  ];
  static override flags = {
    ...manifestFlags,
    ...serverFlags,
    tunnel: Flags.string({
      description: 'cloudflared, ngrok, or a command with {port}: leads a public address to this server',
    }),
  };

  async run(): Promise<{ url: string; public_url?: string }> {
    const { flags } = await this.parse(Serve);
    this.sayManifest(flags.manifest);
    const { serve } = await import('../services/serve.ts');
    const server = await serve({
      manifest: flags.manifest,
      deployment: flags.deployment,
      settings: settingFlags(flags),
      env: this.environment,
      folder: process.cwd(),
      version: this.config.version,
      quiet: this.quiet,
      tunnel: flags.tunnel,
    });
    // Before anybody is told that the server is ready: whoever waits for that may stop it at once.
    const stopped = new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
      server.broken.addEventListener('abort', () => resolve(), { once: true });
      if (server.broken.aborted) resolve();
    });
    const { url, publicUrl } = server;
    const told = { url, ...(publicUrl === undefined ? {} : { public_url: publicUrl }) };
    // On one line: whoever starts the server as a child reads it line by line.
    if (this.jsonEnabled()) process.stdout.write(`${JSON.stringify(told)}\n`);
    this.say(`${this.texts.servingOn} ${url}`);
    if (publicUrl !== undefined) {
      this.say(`${this.texts.reachedAt} ${publicUrl}`);
      this.say(`${this.texts.importFrom} ${publicUrl}/openapi.json?profile=coze`);
    }
    const { tools } = server;
    if (tools.length > MAX_LISTED) {
      this.say(`  ${fill(this.texts.servingTools, { count: tools.length, url })}`);
    } else {
      const inWords = readTexts(server.plugin, this.texts.language, diskFiles);
      for (const { http, summary } of tools) this.say(`  ${http.method} ${http.path}  ${inWords(summary)}`);
    }
    this.say(this.texts.servingStop);
    await stopped;
    await server.close();
    if (server.broken.aborted) throw server.broken.reason;
    // The object was printed when the server was ready; oclif would print it again.
    this.exit(0);
  }
}

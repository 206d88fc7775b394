import { BaseCommand, manifestFlags, serverFlags, settingFlags } from '../base-command.ts';

/** Cloud mode. */
export default class Serve extends BaseCommand {
  static override summary = 'Serve the tools of a plugin over HTTP';
  static override description =
    'Routes, checks and the OpenAPI document are made from the manifest. Beyond this machine a token is required: ' +
    'see auth.server in the manifest.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --deployment cloud --port 8080',
  ];
  static override flags = {
    ...manifestFlags,
    ...serverFlags,
  };

  async run(): Promise<{ url: string }> {
    const { flags } = await this.parse(Serve);
    const { serve } = await import('../services/serve.ts');
    const server = await serve({
      manifest: flags.manifest,
      deployment: flags.deployment,
      settings: settingFlags(flags),
      env: this.environment,
      folder: process.cwd(),
      version: this.config.version,
      quiet: this.quiet,
    });
    // Before anybody is told that the server is ready: whoever waits for that may stop it at once.
    const stopped = new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    const { url } = server;
    // On one line: whoever starts the server as a child reads it line by line.
    if (this.jsonEnabled()) process.stdout.write(`${JSON.stringify({ url })}\n`);
    this.say(`${this.texts.servingOn} ${url}`);
    for (const tool of server.tools) this.say(`  ${tool.http.method} ${tool.http.path}  ${tool.summary}`);
    this.say(this.texts.servingStop);
    await stopped;
    await server.close();
    // The object was printed when the server was ready; oclif would print it again.
    this.exit(0);
  }
}

import * as Flags from '@oclif/core/flags';
import { BaseCommand, exportFlags, manifestFlags } from '../../base-command.ts';

/** The documents of a manifest over HTTP. */
export default class OpenapiServe extends BaseCommand {
  static override summary = 'Serve the OpenAPI documents of a plugin on this machine';
  static override description =
    'coze, local and full, as YAML and as JSON, each as the files are at the moment it is asked for. A manifest with ' +
    'mistakes is answered with 503 and what is wrong.';
  static override examples = ['<%= config.bin %> <%= command.id %> --manifest my-plugin/plugin.yaml'];
  static override flags = {
    ...manifestFlags,
    port: Flags.integer({ description: 'port; 0 takes any free one', min: 0, max: 65_535, default: 0 }),
    'server-url': exportFlags['server-url'],
  };

  async run(): Promise<{ url: string; documents: string[] }> {
    const { flags } = await this.parse(OpenapiServe);
    const { serveOpenapi } = await import('../../services/serve-openapi.ts');
    const { manifest, deployment, port, 'server-url': serverUrl } = flags;
    const request = { manifest, deployment, port, serverUrl, env: this.environment, folder: process.cwd() };
    const server = await serveOpenapi(request);
    // Before anybody is told that the server is ready: whoever waits for that may stop it at once.
    const stopped = new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    const documents = server.paths.map((path) => server.url + path);
    if (this.jsonEnabled()) process.stdout.write(`${JSON.stringify({ url: server.url, documents })}\n`);
    else for (const document of documents) this.log(document);
    this.say(this.texts.servingStop);
    await stopped;
    await server.close();
    // The object was printed when the server was ready; oclif would print it again.
    this.exit(0);
  }
}

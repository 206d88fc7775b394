/** A refusal of the part of Coze that deals with plugins, with its number. */
export class PluginRefusal extends Error {
  override readonly name = 'PluginRefusal';
  /** 109000003 OpenAPI, 109000004 manifest, 109000009 call and its answer, 109000010 conversion; 500 has no number. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What has no number of its own: the service breaks. */
export const SERVER_BREAKS = 500;

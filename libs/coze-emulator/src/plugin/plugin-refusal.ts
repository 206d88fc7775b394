/** A refusal of the part of Coze that deals with plugins, with its number. */
export class PluginRefusal extends Error {
  override readonly name = 'PluginRefusal';
  /** 109000003 OpenAPI, 109000004 manifest, 109000009 call, 109000010 conversion, 109000012 answer. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

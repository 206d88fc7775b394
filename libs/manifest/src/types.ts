import type { Location, Problem } from '@cozecut/problems';

/** How a tool is reached. */
export type Mode = 'cloud' | 'local' | 'relay' | 'manual' | 'mcp';
/** Where the handler of a tool runs. */
export type RunsOn = 'server' | 'device';
/** Where a bot or workflow lives; decides the address and the dialect of the Coze API. */
export type Region = 'cn' | 'com' | 'studio';
/** A JSON Schema (2020-12) with every `$ref` resolved. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Methods that Coze accepts for a tool. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a tool runs. */
export type HandlerRef =
  | { kind: 'file'; file: string; export: string }
  | { kind: 'package'; package: string; export: string }
  | {
      kind: 'http';
      method: HttpMethod;
      url: string;
      headers: Record<string, string>;
      query: Record<string, string>;
      body?: unknown;
      response?: unknown;
    }
  | { kind: 'exec'; argv: string[] }
  | { kind: 'workflow'; binding: string };

/** One input with what is expected of the tool for it. */
export interface ToolExample {
  name: string;
  input: unknown;
  output?: unknown;
  /** How `output` is compared: equal, of the same shape, or contained. */
  match: 'exact' | 'shape' | 'subset';
}

/** One tool after inheritance, overrides and interpolation: nothing is left to look up. */
export interface Tool {
  name: string;
  summary: string;
  description: { human: string; model: string };
  handler: HandlerRef;
  http: { method: HttpMethod; path: string };
  /** Schema of the input; always of `type: object`. */
  input: JsonSchema;
  /** Schema of the output; always of `type: object`. */
  output: JsonSchema;
  examples: ToolExample[];
  /** Codes of the errors a caller should expect. */
  errors: string[];
  effects: { idempotent: boolean | 'key'; writes: string[] };
  /** Wall clock of one call, in milliseconds. */
  timeoutMs: number;
  /** Calls in flight at once. */
  concurrency: number;
  maxInputBytes: number;
  modes: Mode[];
  runsOn: RunsOn;
  enabled: boolean;
  retries: number;
  /** Whether the tool reports progress and is worth running as a job. */
  progress: boolean;
  deprecated?: { since?: string; removeIn?: string; replacedBy?: string; message?: string };
  /** Where the tool is written. */
  location: Location;
}

/** A bot whose local-plugin calls this plugin answers. */
export interface BotBinding {
  name: string;
  region: Region;
  /** Address of the API; set for `studio`, otherwise given by the region. */
  baseUrl?: string;
  botId: string;
  /** Names of the tools the bot may call. */
  tools: string[];
  onRequiresAction: {
    submitTimeoutMs: number;
    onUnknownTool: 'report' | 'fail';
    /** Actions that are answered in one turn. */
    maxRounds: number;
  };
}

/** A workflow that this plugin runs or that runs this plugin's tools. */
export interface WorkflowBinding {
  name: string;
  region: Region;
  baseUrl?: string;
  workflowId: string;
  parameters: Record<string, string>;
  output: Record<string, string>;
  onInterrupt: 'fail' | 'prompt' | 'job';
}

/** Who may call the server. `secret` is a reference such as `secret:PLUGIN_TOKEN`, never the value. */
export type ServerAuth =
  | { id: string; type: 'bearer'; secret: string; scopes: string[] }
  | {
      id: string;
      type: 'jwt';
      issuer: string;
      audience: string;
      jwksUrl: string;
      ownerClaim: string;
      scopesClaim: string;
      scopes: string[];
    }
  | { id: string; type: 'oauth'; secret?: string; redirectUrls: string[]; owner?: string; scopes: string[] };

/** How Coze is called. Secrets are references; `fallback` is tried when the first way has no credentials. */
export type CozeAuth =
  | { type: 'pat'; secret: string; fallback?: CozeAuth }
  | { type: 'oauth-device'; clientId?: string; fallback?: CozeAuth }
  | { type: 'oauth-pkce'; clientId: string; redirectUrl?: string; fallback?: CozeAuth }
  | {
      type: 'oauth-jwt';
      appId: string;
      keyId: string;
      privateKey: string;
      sessionName?: string;
      fallback?: CozeAuth;
    };

/** What outgoing requests may reach. */
export interface Egress {
  /**
   * Hosts that may be reached: `host`, `host:port`, `*.example.com`, `*`. Empty means every public host.
   * A private or loopback address is reached only through an entry that names it literally.
   */
  allow: string[];
  /** Whether private, loopback and link-local addresses are refused. */
  denyPrivate: boolean;
  /** Size limit of one download, in bytes. */
  maxBytes: number;
}

/** How long things are kept after they were last changed or used, in milliseconds; what is `undefined` stays. */
export interface KeptFor {
  draftsMs: number | undefined;
  jobsMs: number | undefined;
  callsMs: number | undefined;
  /** Answers that are remembered by `Idempotency-Key`. */
  answersMs: number | undefined;
  sessionsMs: number | undefined;
  eventsMs: number | undefined;
  /** Files of the store that nothing refers to. */
  filesMs: number | undefined;
  /** API tokens that have expired or were revoked. */
  tokensMs: number | undefined;
  /** Time between two sweeps of a server; `undefined`: none. */
  everyMs: number | undefined;
}

/** Where and how the plugin is used, from one entry of `deployments`. */
export interface Deployment {
  name: string;
  modes: Mode[];
  server: {
    host: string;
    port: number;
    publicUrl?: string;
    /** How long a call of Coze waits for a tool before it is answered with a job, in milliseconds. */
    callBudgetMs: number;
  };
  /** A folder (absolute) or an address such as `postgres://…`. */
  store: string;
  egress: Egress;
  /** Size that the cache of downloads is brought back to. */
  cache: { maxBytes: number };
  retention: KeptFor;
  /** How much every owner may keep that has no limits of its own; what is left out is not limited. */
  quota: { drafts?: number; bytes?: number };
  relay: { enabled: boolean };
  /** Where secrets are kept: name to `env:NAME` or `file:` and an absolute path; without an entry `env:` and the name. */
  secrets: Record<string, string>;
}

/** Which reader a document is for: a Coze cloud plugin, a Coze local plugin, or anybody else. */
export type OpenapiProfile = 'coze' | 'local' | 'full';

/** What the manifest says about the documents of one profile. */
export interface ProfileSettings {
  /** Version that the document names, such as `3.0.1`. */
  openapi?: string;
  /** Keywords that its schemas must not have. */
  dropKeywords: string[];
  /** Only tools that can do one of these modes; those the profile is for when left out. */
  includeModes?: Mode[];
}

/** An OpenAPI Overlay file and where the manifest names it. */
export interface OverlayFile {
  /** Absolute path. */
  file: string;
  location: Location;
}

/** What exported OpenAPI documents say besides the tools. */
export interface OpenapiSettings {
  title: string;
  version: string;
  description?: string;
  contactUrl?: string;
  profiles: Partial<Record<OpenapiProfile, ProfileSettings>>;
  /** Applied to exported documents, in this order. */
  overlays: OverlayFile[];
}

/** A plugin manifest, read for one deployment. */
export interface Plugin {
  /** Absolute path of the manifest. */
  file: string;
  /** Absolute path of its folder. */
  folder: string;
  name: string;
  version: string;
  title: Record<string, string>;
  description: { human: string; model: string };
  /** Language to the absolute path of the file with the texts of the plugin in it. */
  texts: Record<string, string>;
  /** Language in which it was asked to speak; what the manifest is written in when left out. */
  language?: string;
  /** Every tool of the manifest, disabled ones too. */
  tools: Tool[];
  bots: BotBinding[];
  workflows: WorkflowBinding[];
  serverAuth: ServerAuth[];
  cozeAuth: CozeAuth | undefined;
  openapi: OpenapiSettings;
  deployment: Deployment;
  /** Names of all deployments of the manifest. */
  deployments: string[];
  /** Findings that did not stop the load: warnings and information. */
  problems: Problem[];
}

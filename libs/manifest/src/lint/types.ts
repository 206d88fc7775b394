import type { Fix, PathSegment, Problem, Severity } from '@cozecut/problems';
import type { MapNode, Part } from '../source/node.ts';
import type { Place } from '../source/source-file.ts';
import type { Document } from './document.ts';
import type { Kind } from './grammar.ts';

/** Who imports the document: open-source Coze Studio, the Coze cloud, or Coze as a local plugin. */
export type Profile = 'studio' | 'cloud' | 'local';

/** Every {@link Profile}. */
export const PROFILES: readonly Profile[] = ['studio', 'cloud', 'local'];

/**
 * What breaks: `import` the import is refused, `crash` the server dies or panics, `tools` the import passes and
 * listing the tools fails, `run` calls misbehave, `form` the cloud form, parser or policy, `style` nothing.
 */
export type Stage = 'import' | 'crash' | 'tools' | 'run' | 'form' | 'style';

/** What is known of a rule without running it. */
export interface RuleMeta {
  /** `CZ` and three digits. */
  id: string;
  /** What the rule asks for, one phrase. */
  title: string;
  /** What breaks when it is not kept; a finding can say otherwise. */
  stage: Stage;
  /** How much it matters to each reader. */
  severity: Readonly<Record<Profile, Severity | 'off'>>;
  /** Page about the rule, relative to the documentation. */
  docs: string;
  /** Whether some findings carry a fix. */
  fixable: boolean;
}

/** The steps of an import, in their order. */
export type Phase = 'load' | 'validate' | 'plugin' | 'tools';

/** One object of a document that is being looked at. */
export interface Spot {
  kind: Kind;
  node: MapNode;
  path: readonly PathSegment[];
  /** Key under which the object is kept: the path, the method, the status, the name of the property. */
  key: string;
  /** Words that the server puts in front of what it says about this object. */
  prefix: string;
  parent: Spot | undefined;
}

/** What a rule says. */
export interface Report {
  /** Path of what is wrong; a missing key is named by the path it should have. */
  path: readonly PathSegment[];
  /** What to point at; the value when left out. */
  part?: Part;
  /** A place in the text that no path leads to. */
  place?: Place;
  message: string;
  hint?: string;
  suggestions?: readonly string[];
  /** Another stage than that of the rule. */
  stage?: Stage;
  /** Another severity than that of the rule; a rule that is off stays off. */
  severity?: Severity;
  /** What the server says, after its error number. Without it the server says nothing about it. */
  predicted?: string;
  /** When the server says it; `validate` when left out. */
  phase?: Phase;
  /** What more the server says in the same breath. */
  also?: readonly string[];
  /** The operation that it is about, as in `POST /echo`, where the server says so. */
  operation?: string;
  fix?: Fix | undefined;
}

/** What a visitor can ask and say. */
export interface Context {
  profile: Profile;
  document: Document;
  /** The OpenAPI document that a manifest comes with. */
  companion?: Document | undefined;
  report(report: Report): void;
}

/** Called once for each object of a kind, in the order in which the server reads; `leave` after what is inside. */
export type Visitor = { readonly [K in Kind]?: (spot: Spot, context: Context) => void } & {
  readonly leave?: { readonly [K in Kind]?: (spot: Spot, context: Context) => void };
  /** Before anything else: what the reader of the text found. */
  readonly source?: (context: Context) => void;
  /** For the rules about `ai_plugin.json`: its root. */
  readonly manifest?: (root: { node: MapNode }, context: Context) => void;
};

/** A rule: what it is and what it looks at. */
export interface Rule {
  meta: RuleMeta;
  visitor: Visitor;
}

/** A problem with what breaks because of it. */
export interface LintProblem extends Problem {
  stage: Stage;
}

/** A problem as the engine keeps it, with what is needed to predict an import. */
export interface Finding {
  problem: LintProblem;
  report: Report;
  /** Position in the order in which the server would find it. */
  order: number;
}

import { toValue } from '../source/node.ts';
import { CONVERT, type Converted, convertDocument } from './convert/convert.ts';
import { runRules } from './engine.ts';
import { manifestFindings, openapiFindings } from './lint.ts';
import { documentOf, type ReadDocument, readDocument } from './read.ts';
import { OPENAPI_RULES } from './rules/index.ts';
import type { Finding, Phase } from './types.ts';

/** Where an import stops; `tools` is after it, when the tools are listed. */
export type ImportStage = 'load' | 'detect' | 'convert' | 'validate' | 'tools' | 'unmarshal' | 'panic';

/** What a Coze Studio server is predicted to say. */
export interface ImportVerdict {
  /** Whether the import is accepted. */
  ok: boolean;
  /** Where it stops; null when everything works. */
  stage: ImportStage | null;
  /** What the server says, without its error number; null when everything works. */
  message: string | null;
  /** The same as the server prints it: `[109000003] invalid plugin openapi3 document : …`. */
  text: string | null;
  /** Rule that says so. */
  rule: string | null;
}

/** A verdict about an import through format detection and conversion. */
export interface ConvertVerdict extends ImportVerdict {
  /** Format that was detected; null when none was. */
  format: Converted['format'] | null;
}

const CLEAN: ImportVerdict = { ok: true, stage: null, message: null, text: null, rule: null };
const OPENAPI = '[109000003] invalid plugin openapi3 document : ';
const MANIFEST = '[109000004] invalid plugin manifest : ';

/**
 * Predicts what a Coze Studio server says when a document is registered as it is.
 *
 * @param text - The text of the file.
 */
export function predictImport(text: string): ImportVerdict {
  return predictRegister(readDocument('', text));
}

/** Predicts what a Coze Studio server says about a manifest (`ai_plugin.json`). */
export function predictManifest(text: string): ImportVerdict {
  const refusal = refusalOf(manifestFindings(readDocument('', text), 'studio'));
  if (refusal === undefined) return CLEAN;
  const stage =
    refusal.problem.stage === 'crash' ? 'panic' : refusal.report.phase === 'load' ? 'unmarshal' : 'validate';
  return verdict(refusal, stage, stage === 'panic' ? '' : MANIFEST);
}

function predictRegister(read: ReadDocument): ImportVerdict {
  const findings = openapiFindings(read, 'studio');
  const refusal = refusalOf(findings);
  if (refusal === undefined) return toolsVerdict(findings);
  if (refusal.problem.stage === 'crash') return verdict(refusal, 'panic', '');
  return refusal.report.phase === 'load'
    ? verdict(refusal, 'load', '')
    : verdict(refusal, 'validate', OPENAPI);
}

/**
 * Predicts what a Coze Studio server says when a document is imported as a file: its format is detected and its gaps
 * are filled first.
 *
 * @param text - The text of the file.
 * The message is empty where it is known that the conversion fails, and not what is said about it.
 */
export function predictConvert(text: string): ConvertVerdict {
  const read = readDocument('', text);
  const converted = convertDocument(text, 'document' in read ? read.document.root : undefined);
  if (converted === undefined) {
    const message = 'invalid schema';
    return { ok: false, format: null, stage: 'detect', message, text: message, rule: null };
  }
  const { format } = converted;
  if ('refused' in converted)
    return { ok: false, format, stage: 'convert', ...converted.refused, rule: null };
  const { document } = converted;
  const before = format === 'openapi' ? predictRegister(read) : CLEAN;
  if (before.stage === 'panic') return { ...before, format };
  if (before.stage === 'load') {
    const message = `invalid openapi3 document, err=${before.message}`;
    return { ...before, format, stage: 'convert', message, text: CONVERT + message };
  }
  const findings = runRules(documentOf(document), 'studio', OPENAPI_RULES);
  const refusal = refusalOf(findings);
  if (refusal === undefined) return { ...toolsVerdict(findings), format };
  return refusal.report.phase === 'load'
    ? { ...verdict(refusal, 'convert', CONVERT), format }
    : { ...verdict(refusal, 'validate', OPENAPI), format };
}

/**
 * The OpenAPI document that the file import makes of a text: an OpenAPI or Swagger document, a Postman collection or a
 * curl command. Nothing when there is none.
 */
export function convertToOpenapi(text: string): unknown {
  const read = readDocument('', text);
  const converted = convertDocument(text, 'document' in read ? read.document.root : undefined);
  return converted !== undefined && 'document' in converted ? toValue(converted.document) : undefined;
}

/** The first finding for which the server refuses the import. */
function refusalOf(findings: readonly Finding[]): Finding | undefined {
  const isBeforeTools = (phase: Phase = 'validate') => phase !== 'tools';
  return findings.find(
    ({ problem, report }) =>
      problem.severity === 'error' &&
      isBeforeTools(report.phase) &&
      (problem.stage === 'import' || (problem.stage === 'crash' && report.predicted !== undefined)),
  );
}

function verdict({ problem, report }: Finding, stage: ImportStage, words: string): ImportVerdict {
  const message = report.predicted ?? '';
  return { ok: false, stage, message, text: words + message, rule: problem.code };
}

/** What listing the tools says: each step of an operation stops at its first mistake, a panic stops them all. */
function toolsVerdict(findings: readonly Finding[]): ImportVerdict {
  const broken = findings.filter(({ report }) => report.phase === 'tools' && report.predicted !== undefined);
  const [first] = broken;
  if (first === undefined) return CLEAN;
  const said = new Map<string, string[]>();
  for (const { report } of broken) {
    const { operation = '', predicted = '', also = [] } = report;
    const words = said.get(operation) ?? [];
    said.set(operation, words);
    if (words.length === 0) words.push(predicted, ...also);
  }
  const message = [...said]
    .flatMap(([operation, words]) => words.map((text) => `${operation}: ${text}`))
    .join(' | ');
  return { ok: true, stage: 'tools', message, text: message, rule: first.problem.code };
}

/**
 * One problem model for everything that checks what a person wrote: manifests, OpenAPI documents, timelines,
 * drafts, command lines. A check produces {@link Problem}s; an app prints them. `@cozecut/problems/schema` checks values
 * against JSON Schemas, `@cozecut/problems/chinese` says in Chinese what the libraries say.
 *
 * @packageDocumentation
 */
export { decodeUtf8 } from './decode-utf8.ts';
export { BugError, isUserError, UserError, type UserErrorOptions, WireError } from './errors.ts';
export { PROBLEM_FORMATS, type ProblemFormat, printProblems } from './formats/index.ts';
export { type JsonReport, jsonReport } from './formats/json.ts';
export type { SarifOptions } from './formats/sarif.ts';
export { type Summary, summarize, summaryText } from './formats/summary.ts';
export { LineTable } from './line-table.ts';
export { parseJson } from './parse-json.ts';
export { formatPointer, type PathSegment, parsePointer } from './pointer.ts';
export { codeFrame, formatProblem, formatProblems } from './print.ts';
export { ENGLISH_WORDS, type PrintWords } from './print-words.ts';
export type { Fix, Location, Position, Problem, Severity, TextEdit } from './problem.ts';
export { closest, didYouMean } from './suggest.ts';
export {
  isOfType,
  orList,
  parseBare,
  showJson,
  showPath,
  showValue,
  typeOf,
  typeWords,
} from './words.ts';

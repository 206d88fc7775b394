/**
 * Checks values against JSON Schemas and says what is wrong in words. Apart from the rest of the library, because it
 * loads a validator.
 *
 * @packageDocumentation
 */
export { schemaBuilder } from './build.ts';
export { describeViolation, type ViolationProblemOptions, violationProblem } from './describe.ts';
export { createValidator, hasCommonKeywords, type Validate, type ValidatorOptions } from './validator.ts';
export type { Violation } from './violation.ts';

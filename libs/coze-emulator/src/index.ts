/**
 * A Coze cloud on loopback: the chat API with scripted bots and workflows, for tests and for development without an account.
 * Same scenario, same seed and same requests give the same bytes.
 *
 * @packageDocumentation
 */
export type { EmulatorOptions } from './emulation.ts';
export type { Fault, FaultTarget, ReplyFault, StreamFault } from './faults.ts';
export { checkInvariants, type InvariantFacts, type InvariantViolation } from './invariants.ts';
export type { Scenario, ScriptedCall, ScriptedWorkflow, Step } from './scenario.ts';
export { type Emulator, startEmulator } from './server.ts';
export type { TranscriptEntry } from './transcript.ts';

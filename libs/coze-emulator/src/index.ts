/**
 * A Coze cloud on loopback: the API of bots and workflows with scripted answers, for tests and for development without
 * an account; and Coze's side of a cloud plugin. Same scenario, same seed and same requests give the same bytes.
 *
 * @packageDocumentation
 */
export type { OAuthApp } from './auth/oauth-state.ts';
export { CHOICES, type Choice } from './choices.ts';
export type { ClockMode, EmulatorClock } from './clock.ts';
export type { DialectName } from './dialect.ts';
export { parseExact } from './exact-json.ts';
export { FAULTS, type FaultInfo } from './faults/catalog.ts';
export { parseFaults } from './faults/parse.ts';
export { randomNumbers } from './faults/random.ts';
export type {
  ActionFault,
  DataFault,
  Fault,
  FaultId,
  FaultKind,
  FaultTarget,
  Reply,
  ReplyFault,
  StateFault,
  StreamFault,
} from './faults/types.ts';
export { createInProcessEmulator, type InProcessEmulator } from './in-process.ts';
export { checkInvariants } from './invariants/check.ts';
export type { InvariantFacts, InvariantViolation } from './invariants/types.ts';
export type { EmulatorOptions } from './options.ts';
export { type CallToolOptions, callTool, type ToolResult } from './plugin/call-tool.ts';
export { PluginRefusal } from './plugin/plugin-refusal.ts';
export { registerPlugin } from './plugin/register.ts';
export type { PluginRequest } from './plugin/request.ts';
export { type ShownTool, shownTools } from './plugin/shown-tools.ts';
export type { PluginResponse } from './plugin/transport.ts';
export type { TrimMode } from './plugin/trim.ts';
export type {
  ArgumentPlace,
  CommonParameter,
  PluginAuth,
  PluginFiles,
  PluginParameter,
  PluginProblem,
  PluginSchema,
  PluginServices,
  PluginTool,
  RegisteredPlugin,
} from './plugin/types.ts';
export {
  type LoadScenarioOptions,
  loadScenario,
  scenarioNames,
  shippedScenario,
} from './scenario/load.ts';
export { parseScenario } from './scenario/parse.ts';
export { SCENARIO_SCHEMA } from './scenario/schema.ts';
export type {
  LiveBot,
  LiveStep,
  SaidToBot,
  Scenario,
  ScriptedCall,
  ScriptedChatflow,
  ScriptedInterrupt,
  ScriptedMessage,
  ScriptedNodeMessage,
  ScriptedWorkflow,
  Step,
} from './scenario/types.ts';
export { type Emulator, startEmulator } from './server.ts';
export { DEFAULT_SETTINGS, type EmulatorSettings } from './settings.ts';
export { type ReplayDifference, type ReplayOptions, replay } from './transcript/replay.ts';
export { formatTranscript, parseTranscript } from './transcript/text.ts';
export type { TranscriptEntry } from './transcript/transcript.ts';

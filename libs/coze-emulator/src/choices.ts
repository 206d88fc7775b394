import type { EmulatorSettings } from './settings.ts';

/** A behaviour of the real service that nobody has stated or observed, and what the emulator does instead. */
export interface Choice {
  /** The setting that decides it; absent where there is only one behaviour. */
  setting?: keyof EmulatorSettings;
  /** What is not known. */
  unknown: string;
  /** What the emulator does unless told otherwise. */
  chosen: string;
}

/** Every choice. A test must not take one for a fact about Coze. */
export const CHOICES: readonly Choice[] = [
  { setting: 'doneAfterAction', unknown: 'Whether done follows requires_action', chosen: 'it does' },
  { setting: 'doneAfterFailure', unknown: 'Whether done follows chat.failed', chosen: 'it does not' },
  { setting: 'announceCalls', unknown: 'Whether a function_call message precedes an action', chosen: 'no' },
  {
    setting: 'partialSubmit',
    unknown: 'Whether a submit may leave calls unanswered',
    chosen: 'refused, 4000',
  },
  {
    setting: 'actionTtlMs',
    unknown: 'How long an action can be answered, and how its chat ends then',
    chosen: 'for ever; with a limit the chat fails with 5000 "event interval error"',
  },
  {
    setting: 'errorStyle',
    unknown: 'Which HTTP status goes with which code',
    chosen: '200 but for 401 and 403',
  },
  { setting: 'strictMethods', unknown: 'Whether POST on chat/retrieve stays allowed', chosen: 'allowed' },
  { setting: 'fastPolls', unknown: 'What happens to polls faster than one a second', chosen: 'only noted' },
  { setting: 'maxOutputBytes', unknown: 'The largest tool output', chosen: 'only the size of the request' },
  { setting: 'oversizeStyle', unknown: 'How a larger output is refused', chosen: 'HTTP 413' },
  { setting: 'heartbeatMs', unknown: 'How often a heartbeat comes', chosen: 'never' },
  { setting: 'heartbeatData', unknown: 'Data of PING: {} or nothing', chosen: '{}' },
  { setting: 'localPluginInterrupt', unknown: 'Interrupt number of a local plugin: 6 or 1', chosen: '6' },
  { setting: 'localPluginData', unknown: 'Payload of that interrupt', chosen: 'an object with tool_calls' },
  { setting: 'maxResumes', unknown: 'How a fourth answer to a question is refused', chosen: 'Error 4315' },
  { setting: 'chatflowAction', unknown: 'Whether a chatflow that asks sends requires_action', chosen: 'yes' },
  {
    setting: 'asyncInterruptStatus',
    unknown: 'Status of an interrupted asynchronous run',
    chosen: 'Running',
  },
  { unknown: 'Submit in a wrong state, for a call that is not pending, or twice', chosen: '4000' },
  { unknown: 'A file output that is neither an uploaded file nor a URL', chosen: 'the chat fails with 4000' },
  { unknown: 'data of the interrupt that asks for an authorization', chosen: 'the URL as text' },
  { unknown: 'What a resume does with resume_data', chosen: 'the script goes on whatever it says' },
  { unknown: 'HTTP status of OAuth refusals', chosen: '401 for invalid_client, otherwise 400' },
  { unknown: 'Whether heartbeats of a workflow stream take part in the numbering', chosen: 'they do' },
  { unknown: 'How a studio bot chat goes on after an interrupt', chosen: 'with the next message' },
  { unknown: 'Code for an optional field of a chat that is malformed', chosen: '4000' },
  { unknown: 'Code for a message or a file that does not exist', chosen: '4200' },
  {
    unknown: 'Whether a plugin call asks for the required properties of an optional object that is missing',
    chosen: 'it does, and fails; absentObjects "skip" leaves the object out',
  },
  {
    unknown: 'What listing the tools of a plugin answers when one of them cannot be listed',
    chosen: 'HTTP 500 with the words that the rules predict',
  },
  { unknown: 'OAuth of a self-hosted service', chosen: 'as in the cloud' },
];

import type { FaultId } from './types.ts';

const SUBMIT = '/v3/chat/submit_tool_outputs';

/** What a fault is, and where it belongs. */
export interface FaultInfo {
  title: string;
  /** What a good client does. */
  expected: string;
  /** Route that is hit when the fault names none; every route when absent. */
  on?: string;
}

/** Every fault by name. */
export const FAULTS: Readonly<Record<FaultId, FaultInfo>> = {
  F01: { title: 'Connection reset inside a stream', expected: 'sees that no end came, asks for the chat' },
  F02: { title: 'Clean end without done', expected: 'the same' },
  F03: { title: 'No line end after the last frame', expected: 'accepts it' },
  F04: { title: 'Chunks of one byte', expected: 'reads the same events' },
  F05: { title: 'CRLF, CR, BOM, comments, unknown fields, retry', expected: 'accepts them' },
  F06: {
    title: 'Data over several lines, blank, before its event, without one',
    expected: 'follows the SSE rules',
  },
  F07: { title: 'Unknown events and keys', expected: 'ignores them' },
  F08: { title: 'Silence with or without heartbeats', expected: 'waits longer than a heartbeat' },
  F09: { title: 'Token or permission refused', expected: 'one new token for 4100, then stops' },
  F10: { title: 'Too many requests', expected: 'backs off; stops for 4008' },
  F11: { title: 'Server errors', expected: 'repeats only what is safe' },
  F12: { title: 'JSON error on a stream call', expected: 'a typed error in every layout' },
  F13: { title: 'error event', expected: 'a typed error, the text so far kept' },
  F14: { title: 'Conversation busy', expected: 'waits, cancels or changes the conversation', on: '/v3/chat' },
  F15: { title: 'Submit refused', expected: 'does not run the tool again', on: SUBMIT },
  F16: { title: 'Answer of a submit lost', expected: 'runs the tool at most once', on: SUBMIT },
  F17: { title: 'The same action or call twice', expected: 'runs it once' },
  F18: { title: 'Calls that are missing or not usable', expected: 'skips them, answers where an id is' },
  F19: { title: 'Arguments that are not usable', expected: 'answers an error, does not crash' },
  F20: { title: 'Unknown function', expected: 'answers unknown_tool' },
  F21: { title: 'Action expired', expected: 'tells that the submit came too late', on: SUBMIT },
  F22: { title: 'Output too large', expected: 'cuts it by its own rule', on: SUBMIT },
  F23: { title: 'Chat cancelled while its stream goes on', expected: 'stops reading' },
  F24: {
    title: 'Poll says cancelled, in both spellings',
    expected: 'stops polling',
    on: '/v3/chat/retrieve',
  },
  F25: { title: 'Blank required_action on a completed chat', expected: 'ignores it' },
  F26: { title: 'Numbers for ids, texts for codes, misspelled status', expected: 'reads them' },
  F27: { title: 'Gap in the numbers of a workflow stream', expected: 'warns' },
  F28: { title: 'Odd interrupt', expected: 'shows it and stops, or handles it' },
  F29: { title: 'gzip, no charset, end by closing', expected: 'accepts them' },
  F30: { title: 'Clocks differ, or the token expires in mid-stream', expected: 'takes a new token' },
  F31: { title: 'Ways of a self-hosted service', expected: 'copes, or says what is not supported' },
  F32: { title: 'Another runner answers first', expected: 'does not try again', on: SUBMIT },
  F33: { title: 'No connection', expected: 'tries again, more slowly' },
  F34: { title: 'Very large or very many frames', expected: 'needs no more memory' },
};

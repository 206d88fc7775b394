import type { ToolResult } from './tool-caller.ts';

/** The text that Coze gets for a tool's result: JSON, whether it went well or not. */
export function outputText(result: ToolResult): string {
  if (result.ok) return JSON.stringify(result.output ?? {});
  const { code, message, hint } = result.error;
  return JSON.stringify({
    error: code.toLowerCase(),
    success: false,
    error_code: code,
    message: hint ? `${message} (${hint})` : message,
  });
}

/** A result that is a failure. */
export function failure(code: string, message: string, hint?: string): ToolResult {
  return { ok: false, error: { code, message, ...(hint === undefined ? {} : { hint }) } };
}

const firstLines =
  /^\s*(?:#!?[^\n]*\n\s*|"""[\s\S]*?"""\s*)*(?:import\s+\w|from\s+[\w.]+\s+import\s|(?:async\s+)?def\s+\w+\s*\(|\w+\s*=\s*\w+\()/;
const calls = /(^|\n)\s*(?:await\s+)?\w+(?:\.\w+)*\([^\n]*|(^|\n)\s*#\s*-\*-\s*coding/;

/** Whether a text is a Python program, as newer versions of the export tool write it. */
export function isPythonScript(text: string): boolean {
  const clean = text.replace(/^\uFEFF/, '');
  if (/^\s*["{[]/.test(clean) && !clean.trimStart().startsWith('"""')) return false;
  return firstLines.test(clean) || (/^\s*#/.test(clean) && calls.test(clean));
}

/** What to say about it. */
export const scriptMessage = {
  message: 'this is a Python script, not data; it is not run',
  hint: 'export the draft as data instead: the text must start with { or [',
};

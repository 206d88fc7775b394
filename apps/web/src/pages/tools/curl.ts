import type { ToolRequest } from '../../api/tool-request.ts';

/** The same request for a terminal. A token is never in it: it comes from the environment there. */
export function curlOf({ method, path, body }: ToolRequest, options: { hasToken: boolean }): string {
  const url = new URL(path.replace(/^\//, ''), document.baseURI.replace(/#.*$/, '')).href;
  const lines = [
    `curl -X ${method} ${quoted(url)}`,
    ...(options.hasToken ? [`  -H "Authorization: Bearer $COZECUT_TOKEN"`] : []),
    ...(body === undefined ? [] : [`  -H 'Content-Type: application/json'`, `  -d ${quoted(body)}`]),
  ];
  return lines.join(' \\\n');
}

/** In single quotes nothing has a meaning but the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Names in the braces of a path, each once; a brace that is not closed is none. */
export function pathVariables(path: string): string[] {
  return [...new Set([...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]!))];
}

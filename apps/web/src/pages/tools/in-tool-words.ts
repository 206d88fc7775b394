import { Failure, type Finding } from '../../api/failure.ts';
import type { JsonSchema } from '../../api/use-tools.ts';

/** A hint that is the name of a field and what its schema says about it. */
const DESCRIPTION = /^([\w-]+): /;

/** A failure about the input of a tool, whose hints say of fields what the tool says in the language of the page. */
export function inToolWords(error: unknown, input: JsonSchema): unknown {
  if (!(error instanceof Failure)) return error;
  const { status, code, message, hint, problems } = error;
  const said = problems.map((problem) => ({ ...problem, ...hintIn(problem, input) }));
  return new Failure({ status, code, message, problems: said, ...(hint === undefined ? {} : { hint }) });
}

function hintIn({ hint, pointer = '' }: Finding, input: JsonSchema): { hint?: string } {
  const [, name] = DESCRIPTION.exec(hint ?? '') ?? [];
  const words = name === undefined ? undefined : schemaAt(input, pointer)?.properties?.[name]?.description;
  return words === undefined ? {} : { hint: `${name}: ${words}` };
}

/** The schema of a part of the input. */
function schemaAt(input: JsonSchema, pointer: string): JsonSchema | undefined {
  const segments = pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  return segments.reduce<JsonSchema | undefined>(
    (schema, segment) => schema?.properties?.[segment] ?? schema?.items,
    input,
  );
}

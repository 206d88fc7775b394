import { Document, isScalar, Scalar, visit } from 'yaml';

/** Writes an OpenAPI document as JSON: two spaces, LF, a line end at the end. */
export function openapiToJson(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * Writes an OpenAPI document as YAML in the order of its keys, with LF, without anchors and without folded lines.
 * Text that a YAML 1.1 reader would take for something else (`yes`, `12:30`) is in quotes, as are versions and status
 * codes, whose look would otherwise depend on their value.
 */
export function openapiToYaml(document: object): string {
  const yaml = new Document(document, { version: '1.1', aliasDuplicateObjects: false, merge: false });
  visit(yaml, {
    Scalar(_, node) {
      // An octal number to a reader of YAML 1.2, plain text to one of 1.1.
      if (typeof node.value === 'string' && /^[-+]?0o[0-7]+$/.test(node.value))
        node.type = Scalar.QUOTE_DOUBLE;
    },
    Pair(_, { key, value }) {
      const name = isScalar(key) ? key.value : undefined;
      if (isScalar(key) && /^[0-9]{3}$/.test(String(name))) key.type = Scalar.QUOTE_DOUBLE;
      const isVersion = name === 'openapi' || name === 'version';
      if (isVersion && isScalar(value) && typeof value.value === 'string') value.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return yaml.toString({ lineWidth: 0, directives: false });
}

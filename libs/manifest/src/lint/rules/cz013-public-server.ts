import { by, defineRule } from '../rule.ts';
import { hostOf } from '../server/url.ts';
import { textAt } from '../spot.ts';

/** The cloud reaches the server: by https and by the name of a domain. */
export const cz013 = defineRule(
  {
    id: 'CZ013',
    title: 'The server is reached by https under the name of a domain',
    stage: 'form',
    severity: by('off', 'error', 'off'),
  },
  {
    server({ node, path }, { report }) {
      const url = textAt(node, 'url');
      const host = hostOf(url);
      if (host === undefined) return;
      const at = [...path, 'url'];
      if (isLocal(host)) {
        report({
          path: at,
          message: `the Coze cloud cannot reach ${host}`,
          hint: 'Use the public name of the server',
        });
      } else if (/^[\d.]+$/.test(host) || host.includes(':')) {
        report({ path: at, message: `the server must have the name of a domain (got the address ${host})` });
      } else if (!url.startsWith('https://')) {
        report({
          path: at,
          message: `the address of the server must start with https:// (got ${url.split('://')[0]}://)`,
        });
      }
    },
  },
);

function isLocal(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[?::1\]?)$|\.(local|localhost|internal)$/i.test(host);
}

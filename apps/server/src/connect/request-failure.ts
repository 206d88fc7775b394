/** Why a request to the own address came to nothing, and what to do. */
export interface RequestFailure {
  code: 'ADDRESS_REFUSED' | 'NAME_UNKNOWN' | 'CERTIFICATE_INVALID' | 'TIMEOUT' | 'UNREACHABLE';
  message: string;
  hint: string;
}

/** Codes that Node has for certificates. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME|SSL_/;

/** Reads what a fetch has thrown. */
export function requestFailure(error: unknown, host: string): RequestFailure {
  const { codes, last } = causesOf(error);
  const has = (...wanted: string[]) => codes.some((code) => wanted.includes(code));
  if (has('EGRESS_DENIED')) {
    const hint = 'a server must be at an address of its own network or of the internet';
    return { code: 'ADDRESS_REFUSED', message: last, hint };
  }
  if (has('ENOTFOUND', 'EAI_AGAIN')) {
    const hint = 'make a DNS entry for it, and wait until it is known everywhere';
    return { code: 'NAME_UNKNOWN', message: `nobody knows the name ${host}`, hint };
  }
  const certificate = codes.find((code) => CERTIFICATE.test(code));
  if (certificate !== undefined) {
    return {
      code: 'CERTIFICATE_INVALID',
      message: `the certificate of ${host} is not valid: ${last} (${certificate})`,
      hint: 'Coze takes certificates of public authorities for this very name, such as those of Let’s Encrypt',
    };
  }
  if (has('MEDIA_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT')) {
    const hint =
      'look at the firewall, and whether the router lets this machine reach its own public address';
    return { code: 'TIMEOUT', message: `${host} does not answer in time`, hint };
  }
  const hint = 'look whether the proxy or the tunnel is running, and where it leads';
  return { code: 'UNREACHABLE', message: `${host} cannot be reached: ${last}`, hint };
}

/** Codes of an error and of what caused it, and the words of the innermost. */
function causesOf(error: unknown): { codes: string[]; last: string } {
  const codes: string[] = [];
  let last = 'the request failed';
  let current = error;
  for (let depth = 0; current instanceof Error && depth < 8; depth++) {
    const { code, errors } = current as { code?: unknown; errors?: unknown };
    if (typeof code === 'string') codes.push(code);
    if (current.message !== '') last = current.message;
    current = Array.isArray(errors) && errors.length > 0 ? errors[0] : current.cause;
  }
  return { codes, last };
}

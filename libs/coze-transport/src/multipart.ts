import { randomBytes } from 'node:crypto';

/**
 * A form with one file, as a Blob: it is read piece by piece while it is sent, has a length, and can be sent again.
 * `FormData` would be read into memory whole before the first byte goes out.
 */
export function multipartFile(field: string, name: string, content: Blob): Blob {
  const boundary = `cozecut-${randomBytes(16).toString('hex')}`;
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${field}"; filename="${escaped(name)}"`,
    `Content-Type: ${content.type || 'application/octet-stream'}`,
    '\r\n',
  ].join('\r\n');
  return new Blob([head, content, `\r\n--${boundary}--\r\n`], {
    type: `multipart/form-data; boundary=${boundary}`,
  });
}

/** As browsers write it. */
function escaped(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

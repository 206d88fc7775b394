/** Reads a body as text, up to `maxBytes`; `isWhole` is false when there was more, which is then not read. */
export async function readBody(
  response: Response,
  maxBytes: number,
): Promise<{ text: string; isWhole: boolean }> {
  const reader = response.body?.getReader();
  if (!reader) return { text: '', isWhole: true };
  const utf8 = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + utf8.decode(), isWhole: true };
    bytes += value.byteLength;
    text += utf8.decode(value, { stream: true });
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => {});
      return { text, isWhole: false };
    }
  }
}

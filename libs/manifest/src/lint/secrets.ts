/** What a text looks like that should not be in a published file; nothing when it looks harmless. */
export function secretKind(text: string): string | undefined {
  if (/(?<![\w-])(?:pat_|sat_|sk-|ghp_|gho_|github_pat_|xox[abp]-|AKIA)[A-Za-z0-9_-]{16,}/.test(text))
    return 'a secret';
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return 'a private key';
  if (/(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/.test(text)) return 'a token';
  const mail = /(?<![\w.+-])[\w.+-]{1,64}@((?:[\w-]+\.)+[a-z][\w-]+)/i.exec(text);
  if (mail !== null && !/(^|\.)example(\.(com|org|net|cn))?$|\.(test|invalid)$/.test(mail[1]!))
    return 'a mail address';
  if (/(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)/.test(text)) return 'a phone number';
  return undefined;
}

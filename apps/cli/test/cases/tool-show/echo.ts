export const echo = ({ text }: { text: string }) => ({ text, length: text.length });

// export function echo() {}
export const text = 'export const echo = 1';

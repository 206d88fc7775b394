import type { Converter } from '../converter.ts';
export const vectcutLog: Converter = {
  id: 'vectcut',
  title: 'vectcut',
  detect: () => false,
  read: () => {
    throw new Error('todo');
  },
};

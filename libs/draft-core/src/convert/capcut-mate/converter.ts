import type { Converter } from '../converter.ts';
export const capcutMate: Converter = {
  id: 'capcut-mate',
  title: 'capcut-mate',
  detect: () => false,
  read: () => {
    throw new Error('todo');
  },
};

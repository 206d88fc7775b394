import type { Converter } from '../converter.ts';
export const capcutCli: Converter = {
  id: 'capcut-cli',
  title: 'capcut-cli',
  detect: () => false,
  read: () => {
    throw new Error('todo');
  },
};

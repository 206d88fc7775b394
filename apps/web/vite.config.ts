import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses, so that the page works below any path of a reverse proxy.
  base: './',
  plugins: [react()],
  // Libraries of this repository are bundled from their sources.
  resolve: { conditions: ['@cozecut/source', ...defaultClientConditions] },
  // What is bundled keeps its licences beside it.
  build: { license: { fileName: 'licenses.md' } },
});

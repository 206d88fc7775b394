import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses, so that the page works below any path of a reverse proxy.
  base: './',
  plugins: [react()],
  // What is bundled keeps its licences beside it.
  build: { license: { fileName: 'licenses.md' } },
});

import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'

/** Whoever passes a bundle on passes the licences of what is in it on too. */
const licenses = 'licenses.md'

/**
 * Dependencies are bundled: electron-builder would pack whole packages, tests and sources of other platforms included,
 * and the command line starts faster from a few files. Only what the runtime brings stays outside.
 *
 * `node:` is named because Vite knows the builtins of the Node that runs it only, and `node:sqlite` is younger than
 * some of them.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node24',
      license: { fileName: licenses },
      sourcemap: true,
      externalizeDeps: false,
      rollupOptions: {
        // A native module cannot be bundled; packaging copies it.
        external: ['electron', /^node:/, '@napi-rs/keyring'],
        input: {
          index: resolve('src/main/index.ts'),
          cli: resolve('src/main/hosts/cli/main.ts'),
          browserHost: resolve('src/main/hosts/browser/main.ts'),
          // A worker is an entry of its own: as part of a shared chunk its URL would be another one than in the sources.
          labWorker: resolve('src/main/lab/labWorker.ts'),
          serviceWorker: resolve('src/main/hosts/worker/serviceWorker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node24',
      externalizeDeps: false,
      rollupOptions: { external: ['electron'], input: resolve('src/preload/index.ts'), output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: resolve('src/renderer'),
    plugins: [react()],
    build: {
      target: 'chrome156',
      // electron-vite leaves the renderer as it is unless told.
      minify: true,
      license: { fileName: licenses },
      // It is read from this machine's disk, not over a network.
      chunkSizeWarningLimit: 5000,
      rollupOptions: { input: resolve('src/renderer/index.html') },
    },
  },
})

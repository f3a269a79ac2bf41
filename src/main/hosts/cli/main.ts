import { currentFolder, environmentOf } from './invocation.ts'
import { runCommandLine } from './commandLine.ts'

// Entry of the command line. The worker's address is given by the entry, because only it knows where bundles stand.
const cancel = new AbortController()
let asked = 0
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    asked += 1
    cancel.abort()
    // Whoever asks twice does not want to wait for the clean end.
    if (asked > 1) process.exit(130)
  })
}

// A reader that has seen enough ("| head") closes the pipe: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await runCommandLine(process.argv.slice(2), {
  streams: { stdout: process.stdout, stderr: process.stderr },
  currentFolder: currentFolder(process.env, process.cwd()),
  environment: environmentOf(process.env),
  signal: cancel.signal,
  labWorker: new URL(import.meta.url.endsWith('.ts') ? '../../lab/labWorker.ts' : './labWorker.js', import.meta.url),
  isInteractive: process.stdin.isTTY && process.stdout.isTTY,
})

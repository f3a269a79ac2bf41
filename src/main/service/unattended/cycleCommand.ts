import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What runs the service: Node itself, or the desktop application, whose binary is none. */
export type Runtime = { readonly electron: string | undefined; readonly execPath: string; readonly platform: NodeJS.Platform }

/** Program and arguments of an unattended cycle. Null: a window that has no command line beside it. */
export function findCycleCommand(labWorker: URL, folder: string, { electron, execPath, platform }: Runtime): readonly string[] | null {
  const program = electron === undefined ? ofNode(labWorker, execPath) : ofPackage(labWorker, platform)
  return program === null ? null : [...program, '--workspace', folder, 'run', 'cycle', '--unattended']
}

/** The command line stands beside the lab's worker, in sources and in the build alike. */
function ofNode(labWorker: URL, execPath: string): readonly string[] {
  return [execPath, fileURLToPath(new URL(labWorker.pathname.endsWith('.ts') ? '../hosts/cli/main.ts' : './cli.js', labWorker))]
}

/** A package has the lab's worker in resources/app.asar/out/main, the command line and its Node in resources/commandLine. */
function ofPackage(labWorker: URL, platform: NodeJS.Platform): readonly string[] | null {
  const commandLine = new URL('../../../commandLine/', labWorker)
  const program = [platform === 'win32' ? 'node.exe' : 'node', 'out/main/cli.js'].map((path) => fileURLToPath(new URL(path, commandLine)))
  return program.every((path) => existsSync(path)) ? program : null
}

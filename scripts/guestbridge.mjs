import { join } from 'node:path'
import { endWith, environmentOf, prepareApplication } from './preparation/prepare.mjs'
import { projectFolder } from './preparation/projectFolder.mjs'
import { runProgram } from './preparation/runProgram.mjs'

// `npm run guestbridge -- …`: the command line of a working copy, installed and built first where that is needed.
await endWith(async () => {
  const node = await prepareApplication(projectFolder, 'npm run guestbridge')
  const commandLine = join(projectFolder, 'out', 'main', 'cli.js')
  return runProgram(node, [commandLine, ...process.argv.slice(2)], { env: environmentOf(projectFolder) })
})

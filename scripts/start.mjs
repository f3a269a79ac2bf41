import { join } from 'node:path'
import { endWith, environmentOf, prepareApplication } from './preparation/prepare.mjs'
import { projectFolder } from './preparation/projectFolder.mjs'
import { runProgram } from './preparation/runProgram.mjs'

// `npm start`: everything from a fresh clone to the running application.
await endWith(async () => {
  const node = await prepareApplication(projectFolder, 'npm start')
  const commandLine = join(projectFolder, 'out', 'main', 'cli.js')
  return runProgram(node, [commandLine, 'start', ...process.argv.slice(2)], { env: environmentOf(projectFolder) })
})

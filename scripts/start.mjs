import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chooseWindow, findElectron } from './preparation/chooseWindow.mjs'
import { endWith, environmentOf, prepareApplication } from './preparation/prepare.mjs'
import { projectFolder } from './preparation/projectFolder.mjs'
import { runProgram } from './preparation/runProgram.mjs'

// `npm start`: everything from a fresh clone to the open window.
await endWith(async () => {
  const node = await prepareApplication(projectFolder, 'npm start')
  const options = process.argv.slice(2)
  const env = environmentOf(projectFolder)
  const built = join(projectFolder, 'out', 'main')
  const choice = chooseWindow({ platform: process.platform, environment: process.env, user: process.getuid?.(), electron: findElectron(projectFolder, existsSync), options })
  switch (choice.kind) {
    case 'electron': {
      // Where it is set, Electron would be a plain Node.
      const { ELECTRON_RUN_AS_NODE: _asNode, ...environment } = env
      return runProgram(choice.program, [...choice.options, join(built, 'index.js'), ...options], { env: environment })
    }
    case 'browser':
      console.log(choice.sentence)
      if (choice.fetchesElectron === 'yes') fetchMeanwhile(node, env)
      return runProgram(node, [join(built, 'browserHost.js'), ...options], { env })
    case 'terminal':
      console.log(choice.sentence)
      return runProgram(node, [join(built, 'cli.js'), 'start', ...options], { env })
  }
})

/**
 * A process of its own, because a download of minutes is not to delay the window; it ends with this one and goes on at
 * the next start.
 *
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {void}
 */
function fetchMeanwhile(node, env) {
  // Node follows the proxy of the environment only when it is told to.
  const child = spawn(node, [join(projectFolder, 'scripts', 'fetchElectron.mjs')], { stdio: ['ignore', 'inherit', 'inherit'], env: { NODE_USE_ENV_PROXY: '1', ...env } })
  child.once('error', (error) => console.log(`Electron is not fetched: ${error.message}`))
  child.unref()
  process.once('exit', () => child.kill())
}

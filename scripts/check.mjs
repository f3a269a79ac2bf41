import { listChecks } from './checks.mjs'
import { endWith, environmentOf, prepareTools } from './preparation/prepare.mjs'
import { projectFolder } from './preparation/projectFolder.mjs'
import { runProgram } from './preparation/runProgram.mjs'

// `npm run check [types|lint|unit …]`: all of them unless some are named; a failed one does not hide the others.
await endWith(async () => {
  const checks = listChecks(projectFolder)
  const named = process.argv.slice(2)
  const unknown = named.find((name) => !Object.hasOwn(checks, name))
  if (unknown !== undefined) {
    console.error(`There is no check "${unknown}": ${Object.keys(checks).join(', ')}.`)
    return 2
  }
  const node = await prepareTools(projectFolder, 'npm run check')
  const failed = []
  for (const [name, check] of Object.entries(checks)) {
    if (named.length > 0 && !named.includes(name)) continue
    const code = await runProgram(node, [check.program, ...check.options], { cwd: projectFolder, env: environmentOf(projectFolder) })
    if (code !== 0) failed.push(check.name)
  }
  console.log(failed.length === 0 ? 'Passed.' : `Failed: ${failed.join(', ')}.`)
  return failed.length === 0 ? 0 : 1
})

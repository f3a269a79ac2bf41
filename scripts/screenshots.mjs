import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { endWith, environmentOf, prepareApplication } from './preparation/prepare.mjs'
import { projectFolder } from './preparation/projectFolder.mjs'
import { SetupProblem } from './preparation/setupProblem.mjs'
import { describeMissing, findMissingPackages, isOnThisMachine, systemPackageGroups } from './systemPackages.mjs'

// `npm run screenshots`: every screen on the lab, light and dark, into docs/screenshots. Names given after it choose screens.
await endWith(async () => {
  const node = await prepareApplication(projectFolder, 'npm run screenshots')
  const [missing] = findMissingPackages(systemPackageGroups.filter((group) => group.name === 'browser'), isOnThisMachine)
  if (missing !== undefined) throw new SetupProblem(describeMissing(missing))
  const { status } = spawnSync(node, [join(projectFolder, 'test', 'window', 'screenshots', 'takeScreenshots.ts'), ...process.argv.slice(2)], { env: environmentOf(projectFolder), stdio: 'inherit' })
  return status ?? 1
})

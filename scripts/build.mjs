import { build } from './preparation/freshBuild.mjs'
import { endWith, prepareForBuild } from './preparation/prepare.mjs'
import { projectFolder } from './preparation/projectFolder.mjs'

// `npm run build`: builds, stale or not.
await endWith(async () => {
  await prepareForBuild(projectFolder, 'npm run build', (node) => build(projectFolder, node))
  return 0
})

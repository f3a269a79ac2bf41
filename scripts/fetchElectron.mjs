import { join } from 'node:path'
import { describeElectron, downloadElectron, installElectron } from './preparation/electronDownload.mjs'
import { projectFolder } from './preparation/projectFolder.mjs'
import { findOtherProcesses, registerThisProcess } from './preparation/runningProcesses.mjs'
import { SetupProblem } from './preparation/setupProblem.mjs'

// Runs beside a window in a browser, so that the next `npm start` has Electron. What cannot be fetched is one line and no
// failure: the window is there already.
const name = 'the download of Electron'
if (!findOtherProcesses(projectFolder).some((other) => other.command === name)) {
  registerThisProcess(projectFolder, name)
  try {
    await fetchElectron()
    console.log('Electron is here: the next "npm start" opens in it.')
  } catch (error) {
    // The network ends downloads in many ways, all of which are put right by another start.
    const why = error instanceof SetupProblem ? error.message : `The download ended: ${error instanceof Error ? error.message : String(error)}.`
    console.log(`Electron was not fetched: ${why} The next start goes on with it.`)
  }
}

/** @returns {Promise<void>} */
async function fetchElectron() {
  let said = 0
  const { platform, arch, env } = process
  const archive = await downloadElectron({
    ...describeElectron(projectFolder, { platform, arch, environment: env }), cache: join(projectFolder, '.cache', 'electron'), patience: 5_000,
    onProgress: (done, total) => {
      const quarter = total === null ? 0 : Math.floor((done / total) * 4)
      if (quarter <= said || total === null) return
      said = quarter
      console.log(`Electron: ${quarter * 25} % of ${Math.round(total / 1_000_000)} MB`)
    },
  })
  await installElectron(archive, projectFolder, platform)
}

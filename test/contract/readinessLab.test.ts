import { afterAll, beforeAll, describe } from 'vitest'
import { startLabDirectory } from '../fixtures/labDirectory.ts'
import type { LabDirectory } from '../fixtures/labDirectory.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { describeReadiness } from './readinessFaults.ts'
import { describeProbe } from './readinessProbe.ts'

describe('readiness of the directory of the lab', () => {
  let lab: LabDirectory | undefined
  beforeAll(async () => { lab = await startLabDirectory() })
  afterAll(() => lab?.stop())

  const directory = (): DirectoryUnderTest => {
    if (lab === undefined) throw new Error('The directory of the lab does not run')
    return { ...lab, kind: 'windows', host: lab.ip, controllerName: lab.host }
  }
  describeReadiness(directory)
  describeProbe(directory)
})

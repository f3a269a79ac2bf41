import { afterAll, beforeAll, describe } from 'vitest'
import { startDomainController } from '../fixtures/domainController.ts'
import type { DomainController } from '../fixtures/domainController.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { describeReadiness } from './readinessFaults.ts'
import { describeProbe } from './readinessProbe.ts'

describe.skipIf(!requireGroup('directory').available)('readiness of a domain controller (Samba)', () => {
  let controller: DomainController | undefined
  beforeAll(async () => { controller = await startDomainController() }, 120_000)
  afterAll(() => controller?.stop())

  const directory = (): DirectoryUnderTest => {
    if (controller === undefined) throw new Error('The domain controller does not run')
    return { ...controller, kind: 'samba', host: controller.ip, controllerName: controller.host }
  }
  describeReadiness(directory)
  describeProbe(directory)
})

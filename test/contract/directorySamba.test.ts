import { afterAll, beforeAll, describe } from 'vitest'
import { startDomainController } from '../fixtures/domainController.ts'
import type { DomainController } from '../fixtures/domainController.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { describeDeleted } from './directoryDeleted.ts'
import { describeDelta } from './directoryDelta.ts'
import { describeReading } from './directoryReading.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { describeWriting } from './directoryWriting.ts'

describe.skipIf(!requireGroup('directory').available)('a domain controller (Samba)', () => {
  let controller: DomainController | undefined
  beforeAll(async () => { controller = await startDomainController() }, 120_000)
  afterAll(() => controller?.stop())

  const directory = (): DirectoryUnderTest => {
    if (controller === undefined) throw new Error('The domain controller does not run')
    return { ...controller, kind: 'samba', host: controller.ip, controllerName: controller.host }
  }
  describeReading(directory)
  describeWriting(directory)
  describeDelta(directory)
  describeDeleted(directory)
})

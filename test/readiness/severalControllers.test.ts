import { expect, it, onTestFinished } from 'vitest'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import { domainChecks } from '../../src/main/readiness/domainChecks.ts'
import { rememberAnswers } from '../../src/main/readiness/rememberAnswers.ts'
import { bindChecks } from '../../src/main/readiness/runChecks.ts'
import { succeed } from '../../src/shared/domain/result.ts'
import { startLabDirectory } from '../fixtures/labDirectory.ts'
import { guestOu } from '../engine/world.ts'
import { openTestWorkspace } from '../runs/testWorkspace.ts'

it.each(['directory-clock', 'directory-level'])('%s is not passed while one of the domain controllers does not answer, and names it', async (id) => {
  const [lab, workspace] = [await startLabDirectory(), await openTestWorkspace()]
  // Nobody listens on the second one.
  const connection = { servers: [{ host: lab.ip, port: lab.ldapsPort }, { host: lab.ip, port: 1 }], security: 'ldaps', caPem: lab.caPem, managedOus: [], ...lab.administrator } as const
  const [inspector, reader] = [createDirectoryInspector(connection), createDirectoryReader(connection)]
  onTestFinished(async () => {
    await Promise.all([inspector.close(), reader.close(), workspace.close()])
    await lab.stop()
  })
  const settings = { account: connection.account, guestOu, managedOus: [guestOu], leaverOu: null, deletesLeavers: false, renames: false, writtenAttributes: [], usedAttributes: [] }
  const world = { settings, inspector: rememberAnswers(inspector), reader: async () => succeed(reader), store: workspace.store, now: Date.now(), probe: null }
  const finding = await bindChecks(domainChecks, world).find((check) => check.id === id)?.find(new AbortController().signal)
  expect(finding).toMatchObject({ state: 'notChecked', message: expect.stringContaining(`${lab.ip}:1`) as string })
})

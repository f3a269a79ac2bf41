import { pid } from 'node:process'
import { offlineNames } from '../../src/main/runs/synchronization/nameQuestions.ts'
import { synchronize } from '../../src/main/runs/synchronizeStep.ts'
import { openStoreWriter } from '../../src/main/store/sqlite/openStore.ts'
import { acquireWriter } from '../../src/main/store/sqlite/writerLock.ts'
import { decidingOf, morning, workspaceId } from './testWorkspace.ts'

// A process that synchronises a workspace and is killed, without a chance to clean up, when it reports a phase for the n-th time.

const [folder = '', fatalPhase = '', times = '1'] = process.argv.slice(2)
let reported = 0
const deciding = decidingOf()
const lock = acquireWriter(folder, { what: 'the process that dies', pid, since: morning })
const store = await openStoreWriter(folder, { metaverseIndex: deciding.rules.joinAttributes })
if (!lock.ok || !store.ok) throw new Error('The child could not open the workspace')
const context = {
  store: store.value, now: () => morning, signal: new AbortController().signal,
  report: ({ phase }: { readonly phase: string }) => {
    if (phase === fatalPhase) reported += 1
    if (reported === Number(times)) process.kill(pid, 'SIGKILL')
  },
}
await synchronize(context, { profile: 'p', extent: 'everything', workspace: workspaceId, deciding, questions: offlineNames })

import { expect, it } from 'vitest'
import { findObject } from '../../src/main/runs/findObject.ts'
import { explainObject } from '../../src/main/runs/preview.ts'
import { readDirectoryFacts } from '../../src/main/runs/synchronization/basis.ts'
import { engineSettings } from '../../src/main/runs/synchronizationSettings.ts'
import { account, guest, guidOf, personIdOf, shadowAccount } from '../engine/world.ts'
import { openTestWorkspace, workspaceId } from './testWorkspace.ts'

it('a preview comes to the decision of the synchronisation, for everybody', async () => {
  const workspace = await openTestWorkspace()
  const left = ['bert', 'fred', 'hugo']
  const guests = ['anna', 'bert', 'cleo', 'dora', 'fred', 'hugo', 'partners1', 'partners2', 'taken'].map((label) => guest(label))
  const accounts = [
    shadowAccount('anna', { sn: 'Drifted' }), shadowAccount('bert'), shadowAccount('fred'), shadowAccount('hugo'), shadowAccount('dora'),
    account('robot', { userPrincipalName: 'robot@contoso.local', cn: guidOf('taken'), adminDescription: 'not ours' }),
  ]
  await workspace.importAll('ad', accounts)
  await workspace.importAll('entra', guests)
  await workspace.store.putJoinDecision({ anchor: guidOf('ad-robot'), decision: { kind: 'leaveAlone' }, note: 'a robot', by: 'chris', at: workspace.now })
  await workspace.synchronize('everything')
  await workspace.importAll('ad', accounts.filter(({ anchor }) => anchor !== shadowAccount('dora').anchor))
  await workspace.importAll('entra', guests.filter(({ anchor }) => !left.map(guidOf).includes(anchor)))
  const { anchor } = shadowAccount('dora')
  await workspace.answerAbsences(
    { [guidOf('bert')]: { kind: 'gone' }, [guidOf('fred')]: { kind: 'unclear', why: 'HTTP 503' } },
    { deletedAccounts: { [personIdOf('dora')]: { anchor, lastKnownParent: null, accountName: null, isRecycled: false } } },
  )
  await workspace.store.putHold({ metaverseId: personIdOf('hugo'), cause: 'excluded', note: 'n', by: 'chris', since: workspace.now })
  await workspace.synchronize('changes')

  const settings = engineSettings(workspace.deciding, workspace.now, workspaceId, await readDirectoryFacts(workspace.store))
  const persons = await workspace.store.metaverseBatch(null, 100)
  const seen: string[] = []
  for (const { id } of persons) {
    const found = await findObject(workspace.store, id)
    if (!found.ok) throw new Error(found.problem.message)
    const explanation = await explainObject(workspace.store, settings, id, found.value)
    const decision = explanation.steps.flatMap((step) => (step.kind === 'decision' ? [step.decision] : [])).at(-1)
    const [pending, skip] = [await workspace.store.pendingExport(id), await workspace.store.skip(id)]
    seen.push(pending?.change.kind ?? skip?.reason.kind ?? 'nothing')
    if (pending !== null) expect(decision).toMatchObject({ kind: 'change', change: { kind: pending.change.kind, dn: pending.change.dn, attributes: pending.change.attributes } })
    else expect(decision).toMatchObject({ kind: 'skip', reason: { kind: skip?.reason.kind } })
  }
  expect(new Set(seen)).toEqual(new Set(['update', 'disable', 'create', 'restore', 'absenceUnclear', 'onHold', 'problem']))
  await workspace.close()
})

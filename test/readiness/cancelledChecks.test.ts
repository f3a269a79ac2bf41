import { expect, it } from 'vitest'
import { cancelledChecks } from '../../src/main/readiness/cancelledChecks.ts'
import type { ReadinessFinding } from '../../src/shared/domain/readiness.ts'

const finding = (id: string, state: ReadinessFinding['state']): ReadinessFinding => ({
  id, state, area: 'domain', title: 'Rights tried on an account', message: 'The trial account CN=gb-trial-1 may still be there.', read: [], remedy: 'Look for CN=gb-trial-1.', scripts: [], canApply: false,
})

it('says what a trial may have left, also when the checks were cancelled', () => {
  const problem = cancelledChecks([finding('directory-bind', 'passed'), finding('directory-probe', 'failed')])
  expect(problem).toMatchObject({ kind: 'cancelled', message: expect.stringContaining('CN=gb-trial-1 may still be there') as string, remedy: expect.stringMatching(/^Look for CN=gb-trial-1\. Start them again/) as string })
})

it.each([[[]], [[finding('directory-probe', 'notChecked')]], [[finding('directory-bind', 'failed')]]])('says nothing of a trial that left nothing', (findings) => {
  expect(cancelledChecks(findings)).toEqual({ kind: 'cancelled', message: 'The checks were cancelled.', remedy: 'Start them again; what was found before is kept.' })
})

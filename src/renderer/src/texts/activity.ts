import type { CallName } from '../../../shared/api/contract.ts'

type JobWords = { readonly running: string; readonly done: string; readonly failed: string }

/** What somebody waits for, while it runs and when it has ended. Calls that answer at once have no words of their own. */
const words: Partial<Readonly<Record<CallName, JobWords>>> = {
  'runs.start': { running: 'A run goes on', done: 'The run has ended', failed: 'The run did not come to its end' },
  'plan.exportCurrent': { running: 'The approved changes are being written', done: 'The export has ended', failed: 'The export did not come to its end' },
  'plan.export': { running: 'A plan file is being written', done: 'The export has ended', failed: 'The export did not come to its end' },
  'plan.provision': { running: 'One guest is being provisioned', done: 'The change of one guest was written', failed: 'The change of one guest was not written' },
  'undo.export': { running: 'An export is being taken back', done: 'The undo has ended', failed: 'The undo did not come to its end' },
  'holds.exclude': { running: 'Somebody is being excluded', done: 'Excluded from the plan', failed: 'Nobody was excluded' },
  'holds.excludeSeveral': { running: 'People are being excluded', done: 'Excluded from the plan', failed: 'Nobody was excluded' },
  'holds.release': { running: 'A hold is being released', done: 'The hold was released', failed: 'The hold was not released' },
  'decisions.join': { running: 'The decision is being kept', done: 'The decision is kept', failed: 'The decision was not kept' },
  'decisions.disconnect': { running: 'The decision is being kept', done: 'The decision is kept', failed: 'The decision was not kept' },
  'decisions.leaveAlone': { running: 'The decision is being kept', done: 'The decision is kept', failed: 'The decision was not kept' },
  'decisions.forget': { running: 'The decision is being taken back', done: 'The decision was taken back', failed: 'The decision stays' },
  'rules.compareText': { running: 'Both rule sets decide about everybody', done: 'The rule sets were compared', failed: 'The rule sets were not compared' },
  'rules.save': { running: 'The rules are being saved', done: 'The rules were saved', failed: 'The rules were not saved' },
  'delegation.check': { running: 'Delegation is being checked', done: 'Delegation was checked', failed: 'Delegation was not checked' },
  'delegation.readProxy': { running: 'Application proxy is being read', done: 'Application proxy was read', failed: 'Application proxy was not read' },
  'delegation.export': { running: 'Delegation is being written', done: 'The export of delegation has ended', failed: 'The export of delegation did not come to its end' },
  'delegation.prove': { running: 'Sign-on is being proven', done: 'The proof of sign-on has ended', failed: 'Sign-on could not be asked for' },
  'delegation.proofAnswer': { running: 'The answer of the connector is being read', done: 'The answer of the connector was read', failed: 'The answer of the connector was not read' },
  'readiness.check': { running: 'The checks are being made', done: 'The checks were made', failed: 'The checks were not made' },
  'readiness.apply': { running: 'A remedy is being written', done: 'The remedy was written', failed: 'The remedy was not written' },
  'schedule.install': { running: 'The schedule is being installed', done: 'The schedule was installed', failed: 'The schedule was not installed' },
  'schedule.remove': { running: 'The schedule is being removed', done: 'The schedule was removed', failed: 'The schedule was not removed' },
  'standing.give': { running: 'The standing approval is being given', done: 'The standing approval was given', failed: 'The standing approval was not given' },
  'standing.withdraw': { running: 'The standing approval is being withdrawn', done: 'The standing approval was withdrawn', failed: 'The standing approval stays' },
  'invitations.send': { running: 'A guest is being invited', done: 'The invitation has ended', failed: 'Nobody was invited' },
  'invitations.await': { running: 'Waiting until tenant and import show the guest', done: 'The waiting for the guest has ended', failed: 'The guest was not seen' },
  'invitations.judgeList': { running: 'The list is being compared with the tenant', done: 'The list was compared with the tenant', failed: 'The list was not compared' },
  'invitations.sendList': { running: 'The list is being invited', done: 'The invitation of the list has ended', failed: 'The list was not invited' },
  'invitations.resetRedemption': { running: 'The redemption is being reset', done: 'The redemption was reset', failed: 'The redemption was not reset' },
  'invitations.setEnabled': { running: 'A guest is being changed', done: 'The guest was changed', failed: 'The guest was not changed' },
  'configuration.save': { running: 'The settings are being saved', done: 'The settings were saved', failed: 'The settings were not saved' },
}
const others: JobWords = { running: 'Guestbridge is at work', done: 'Done', failed: 'It failed' }

/** In words for a person, never the name of the call. */
export function wordsOfJob(call: string): JobWords {
  return Object.entries(words).find(([name]) => name === call)?.[1] ?? others
}

import { knownSecrets } from '../../workspace/knownSecrets.ts'
import { failed, notChecked, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { WorkspaceWorld } from './workspaceWorld.ts'

const day = 86_400_000
/** Days before its end from which a credential is announced. */
const announced = 30
/** Days without a run after which what is stored is no longer near the truth. */
const recent = 7

export async function checkSecrets({ secrets }: WorkspaceWorld): Promise<CheckAnswer> {
  const read = secrets.map(({ name, keptIn }) => `${name}: ${keptIn === null ? 'nowhere' : `in the ${keptIn}`}`)
  const missing = secrets.filter(({ keptIn }) => keptIn === null)
  if (secrets.length === 0) return passed('The lab brings its own secrets.')
  if (missing.length === 0) return passed('All secrets that the connections need are there.', { read })
  const words = missing.map(({ name }) => knownSecrets[name].what)
  return failed(`Not kept anywhere: ${words.join('; ')}.`, missing.map(({ name }) => `guestbridge secrets set ${name}`).join(', then ') + '; or set the variable for one program only.', { read })
}

/** Certificate or client secret: what ends is announced in time. */
export async function checkCredentialEnd({ credentialEnd, secrets, now }: WorkspaceWorld): Promise<CheckAnswer> {
  if (!credentialEnd.ok) return failed(credentialEnd.problem.message, credentialEnd.problem.remedy)
  if (credentialEnd.value === null && secrets.length === 0) return passed('The lab brings its own secret, which does not end.')
  if (credentialEnd.value === null) {
    return notChecked('The application signs in with something whose end nobody has named.', 'A client secret shows its end in Entra under App registrations, Certificates & secrets; name it with "guestbridge connect entra", and it is announced 30 days before.')
  }
  const { what, subject, validTo } = credentialEnd.value
  const name = what === 'certificate' ? 'certificate' : 'client secret'
  const days = Math.floor((Date.parse(validTo) - now) / day)
  const read = [`${subject.replaceAll('\n', ', ')}, until ${validTo}`]
  const remedy = 'Make a new one with "guestbridge connect entra", or in Settings; then remove the old one under Certificates & secrets of the application.'
  if (days < 0) return failed(`The ${name} of the application ended on ${validTo.slice(0, 10)}.`, remedy, { read })
  return days < announced ? warned(`The ${name} of the application ends in ${days} ${days === 1 ? 'day' : 'days'}, on ${validTo.slice(0, 10)}.`, remedy, { read }) : passed(`The ${name} of the application lasts until ${validTo.slice(0, 10)}.`, { read })
}

export async function checkKeychain({ keychain }: WorkspaceWorld): Promise<CheckAnswer> {
  if (keychain.ok) return passed('The keychain of this user can be used.')
  return warned(keychain.problem.message, keychain.problem.remedy)
}

export async function checkFolder({ folder, network }: WorkspaceWorld): Promise<CheckAnswer> {
  return network === null ? passed('The workspace is on a disk of this computer.', { read: [folder] }) : failed(network.message, network.remedy, { read: [folder] })
}

export async function checkNewestRun({ store, now }: WorkspaceWorld): Promise<CheckAnswer> {
  const [newest] = await store.runs(1)
  if (newest === undefined) return warned('Nothing has run in this workspace yet.', 'Run a cycle: guestbridge run cycle. It imports both sides and ends at a plan; nothing is written.')
  const read = [`run ${newest.id}: ${newest.profile}, ${newest.startedAt}, ${newest.status}`]
  if (newest.status === 'failed' || newest.status === 'stopped' || newest.status === 'interrupted') return warned(`The newest run (${newest.profile}) ${newest.status === 'interrupted' ? 'was interrupted' : newest.status}. ${newest.problem?.message ?? ''}`.trim(), newest.problem?.remedy ?? 'Run it again.', { read })
  const days = Math.floor((now - Date.parse(newest.startedAt)) / day)
  return days > recent ? warned(`The newest run was ${days} days ago.`, 'Run a cycle, or see why the schedule does not.', { read }) : passed(`The newest run (${newest.profile}) went through.`, { read })
}

import type { StoreReader } from '../../store/store.ts'
import { nameSome, notChecked, notRead, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { afterSignIn } from './domainWorld.ts'

/**
 * The suffix of the guests' names (`…@contoso.onmicrosoft.com`) need not be registered for an account of the same forest. Over a
 * forest trust names are routed by their suffix (MS-ADTS 6.1.6.9.3), and an unregistered one leads nowhere.
 */
export const checkUpnSuffixes = afterSignIn(async ({ inspector, store }, _signedIn, signal): Promise<CheckAnswer> => {
  const names = await inspector.readForestNames(signal)
  if (!names.ok) return notRead(names.problem)
  const { suffixes, trusts } = names.value
  const used = await suffixesOfGuests(store)
  const read = [`suffixes of the forest: ${suffixes.join(', ')}`, ...trusts.map(({ partner, direction, isForestTransitive }) => `trust with ${partner}: ${direction}${isForestTransitive ? ', of the forest' : ''}`)]
  if (used.length === 0) return notChecked('No guest was imported yet, so the suffixes of their names are not known.', 'Run an import of Entra, then check again.', { read })
  const unregistered = used.filter((suffix) => !suffixes.includes(suffix))
  const routed = trusts.filter(({ isForestTransitive, direction }) => isForestTransitive && direction !== 'disabled')
  if (unregistered.length === 0) return passed('The suffixes of the guests\' names are registered in the forest.', { read })
  if (routed.length === 0) return passed(`${nameSome(unregistered)} ${unregistered.length === 1 ? 'is' : 'are'} not registered as UPN suffix; within one forest that is not needed.`, { read })
  return warned(
    `${nameSome(unregistered)} ${unregistered.length === 1 ? 'is' : 'are'} not registered as UPN suffix, and the forest has a trust with ${nameSome(routed.map(({ partner }) => partner))}: names with it are not routed there.`,
    'Where applications are behind the trust, register the suffix (Active Directory Domains and Trusts, properties of the root) and enable its routing in the trust. Otherwise nothing is to be done.', { read },
  )
})

const batchSize = 1000

/** Of all guests of the last import, in lower case and in order. */
export async function suffixesOfGuests(store: StoreReader): Promise<readonly string[]> {
  const suffixes = new Set<string>()
  for (let after: string | null = null; ;) {
    const rows = await store.connectorBatch('entra', after, batchSize)
    for (const { object } of rows) {
      const name = String(object.attributes['userPrincipalName']?.[0] ?? '')
      if (name.includes('@')) suffixes.add(name.slice(name.lastIndexOf('@') + 1).toLowerCase())
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < batchSize) return [...suffixes].sort()
    after = last.object.anchor
  }
}

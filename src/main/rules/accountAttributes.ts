import type { StaticType } from './functions/definition.ts'
import type { OutboundFlow } from './ruleSet.ts'
import type { Place, RulesProblem } from './rulesProblem.ts'
import { problemAt } from './rulesProblem.ts'

/** MS-ADTS 3.1.1.4.5, 3.1.1.5: what the directory keeps by itself, or what follows from the name of the object. Lower case. */
const keptByDirectory = new Set([
  'objectguid', 'objectsid', 'objectclass', 'objectcategory', 'whencreated', 'whenchanged', 'usncreated', 'usnchanged', 'memberof',
  'distinguishedname', 'cn', 'name', 'primarygroupid', 'pwdlastset', 'lastlogon', 'lastlogontimestamp', 'isdeleted', 'ntsecuritydescriptor'
])
/** sync-semantics 3: initial only in every rule set; later only single bits change, by lifecycle. */
const initialOnlyAlways = new Set(['unicodepwd', 'useraccountcontrol'])
const neverCleared = new Set(['dn', 'samaccountname', 'useraccountcontrol', 'unicodepwd'])

/** The rules that hold for single attributes of an account, whatever the person is. */
export function checkTargetOfAccount(flow: OutboundFlow, type: StaticType, place: Place): readonly RulesProblem[] {
  const target = flow.to.toLowerCase()
  const [to, from] = [[...place, 'to'], [...place, 'from']]
  const isGenerated = 'generate' in flow.from
  const problems: (RulesProblem | null)[] = [
    keptByDirectory.has(target) ? problemAt(to, `${flow.to} is kept by the directory itself and cannot be written${target === 'cn' || target === 'name' ? '; it follows from dn' : ''}.`) : null,
    isGenerated && target !== 'unicodepwd' ? problemAt(from, `A password is generated for unicodePwd only, not for ${flow.to}.`) : null,
    // A password that stands in a file or in the metaverse is known to everybody who reads them.
    !isGenerated && target === 'unicodepwd' ? problemAt(from, 'unicodePwd is only ever { "generate": "password" }.') : null,
    initialOnlyAlways.has(target) && flow.initialOnly !== true ? problemAt(place, `${flow.to} is written only when the account is created: initialOnly must be true.`) : null,
    neverCleared.has(target) && flow.allowNull === true ? problemAt([...place, 'allowNull'], `An account cannot be without ${flow.to}.`) : null,
    target === 'useraccountcontrol' && (type === 'boolean' || (type === 'text' && !isNumericConstant(flow))) ? problemAt(from, 'userAccountControl is a number.') : null,
    target === 'dn' && (type === 'number' || type === 'boolean') ? problemAt(from, 'A dn is a text.') : null
  ]
  return problems.filter((problem) => problem !== null)
}

function isNumericConstant({ from }: OutboundFlow): boolean {
  return 'constant' in from && /^\d+$/.test(String(from.constant))
}

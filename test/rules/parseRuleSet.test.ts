import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvaluationContext } from '../../src/main/rules/compiled.ts'
import { parseRuleSet } from '../../src/main/rules/parseRuleSet.ts'
import type { InboundRule, OutboundRule, RuleSet, ScopeClause, ScopeOperator } from '../../src/main/rules/ruleSet.ts'

const person: RuleSet['metaverse'][string] = {
  attributes: {
    uid: { type: 'guid' }, mark: { type: 'text' }, accountName: { type: 'text' }, employeeType: { type: 'text' }, level: { type: 'integer' },
    accountEnabled: { type: 'boolean' }, proxies: { type: 'text', isMultiValued: true }, objectSID: { type: 'sid' }, manager: { type: 'dn' }
  }
}
const fromEntra: InboundRule = {
  name: 'IN', direction: 'inbound', connector: 'entra', objectType: 'user', metaverseType: 'person',
  scope: [[{ attribute: 'userType', operator: 'EQUAL', value: 'Guest' }]],
  join: [{ connectorAttribute: 'id', metaverseAttribute: 'uid' }], create: true,
  flows: [{ to: 'uid', from: { attribute: 'id' } }, { to: 'mark', from: { expression: '"User_" + id' } }]
}
const fromAd: InboundRule = {
  name: 'AD-IN', direction: 'inbound', connector: 'ad', objectType: 'user', metaverseType: 'person',
  join: [{ connectorAttribute: 'adminDescription', metaverseAttribute: 'mark' }], create: false,
  flows: [{ to: 'accountName', from: { attribute: 'sAMAccountName' } }]
}
const toAd: OutboundRule = {
  name: 'OUT', direction: 'outbound', connector: 'ad', objectType: 'user', metaverseType: 'person', create: true,
  scope: [[{ attribute: 'employeeType', operator: 'EQUAL', value: 'Guest' }]],
  flows: [
    { to: 'dn', from: { expression: '"CN=" + EscapeDNComponent(uid) + "," + %GuestOu%' }, initialOnly: true },
    { to: 'sAMAccountName', from: { attribute: 'accountName' }, initialOnly: true },
    { to: 'unicodePwd', from: { generate: 'password' }, initialOnly: true },
    { to: 'userAccountControl', from: { constant: 262_656 }, initialOnly: true }
  ]
}
const valid: RuleSet = { version: 1, name: 'test', metaverse: { person }, rules: [fromEntra, fromAd, toAd] }

/** Every problem as `path: message`, or nothing for a set without any. */
function problemsOf(input: unknown): readonly string[] {
  const parsed = parseRuleSet(input)
  return parsed.ok ? [] : parsed.problem.map((problem) => `${problem.path}${problem.position === undefined ? '' : `@${problem.position}`}: ${problem.message}`)
}

const withInbound = (change: object) => ({ ...valid, rules: [{ ...fromEntra, ...change }, fromAd, toAd] })
const withOutbound = (change: object) => ({ ...valid, rules: [fromEntra, fromAd, { ...toAd, ...change }] })
const withInboundFlow = (flow: object) => withInbound({ flows: [...fromEntra.flows, flow] })
const withOutboundFlow = (flow: object) => withOutbound({ flows: [...toAd.flows, flow] })
const withClause = (clause: object) => withOutbound({ scope: [[clause]] })

describe('a rule set without problems', () => {
  const parsed = parseRuleSet(valid)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem))
  const rules = parsed.value
  const context: EvaluationContext = { read: (name) => (name === 'uid' || name === 'id' ? ['a'] : []), parameter: () => 'DC=x', now: '2026-01-01T00:00:00Z', seed: '' }

  it('is kept as it stands in the file', () => {
    expect(rules.source).toEqual(valid)
    const withSchema = parseRuleSet({ $schema: './rules.schema.json', ...valid })
    expect(withSchema.ok && withSchema.value.source).toEqual(valid)
  })

  it('names the source of each flow for lineage: attribute, expression, constant in quotation marks', () => {
    expect(rules.inbound[0]?.flows.map((flow) => flow.source)).toEqual(['id', '"User_" + id'])
    expect(rules.outbound[0]?.flows.map((flow) => flow.source)).toEqual(['"CN=" + EscapeDNComponent(uid) + "," + %GuestOu%', 'accountName', 'generated password', '"262656"'])
  })

  it('evaluates its flows', () => {
    expect(rules.outbound[0]?.flows.map((flow) => flow.expression.evaluate(context))).toEqual([
      { ok: true, value: ['CN=a,DC=x'] }, { ok: true, value: [] }, { ok: true, value: [] }, { ok: true, value: [262_656] }
    ])
    expect(rules.outbound[0]?.flows.map((flow) => [flow.initialOnly, flow.allowNull, flow.isGenerated])).toEqual([
      [true, false, false], [true, false, false], [true, false, true], [true, false, false]
    ])
  })

  it('lists what has to be imported from each connector, without names and passwords', () => {
    expect(rules.attributesOf('entra')).toEqual(['id', 'userType'])
    expect(rules.attributesOf('ad')).toEqual(['adminDescription', 'sAMAccountName', 'userAccountControl'])
    expect(rules.joinAttributes).toEqual(['mark', 'uid'])
  })

  it('puts named rules first and the others behind them in the order of the file', () => {
    expect([rules.precedenceOf('accountName', 'IN'), rules.precedenceOf('accountName', 'AD-IN')]).toEqual([0, 1])
    const ranked = parseRuleSet({ ...valid, precedence: { accountName: ['AD-IN'] } })
    expect(ranked.ok && ['AD-IN', 'IN', 'nobody'].map((rule) => ranked.value.precedenceOf('accountName', rule))).toEqual([0, 1, 3])
  })
})

it('keeps what is merged', () => {
  const merging = parseRuleSet({ ...valid, merge: ['proxies'] })
  expect(merging.ok && merging.value.source.merge).toEqual(['proxies'])
})

describe('the shape of a rule file', () => {
  it.each([
    [null, [': null is not allowed here; it is an object.']],
    [{ ...valid, version: 2 }, ['/version: 2 is not allowed here; allowed: 1.']],
    [{ ...valid, rulez: [] }, ['/rulez: There is no key rulez. Did you mean rules?']],
    [withInbound({ conector: 'ad' }), ['/rules/0/conector: There is no key conector. Did you mean connector?']],
    [withInbound({ direction: 'inward' }), ['/rules/0/direction: "inward" is not allowed here; allowed: "inbound", "outbound".']],
    [withInbound({ create: 'yes' }), ['/rules/0/create: "yes" is not allowed here; it is true or false.']],
    [withInbound({ name: '' }), ['/rules/0/name: "" is not allowed here; a text of 1 to 256 characters is needed.']],
    [withInboundFlow({ to: 'accountName', from: { expression: '' } }), ['/rules/0/flows/2/from/expression@1: The expression is empty.']],
    [withInbound({ join: undefined }), ['/rules/0/join: nothing is not allowed here; it is a list.']],
    [withInbound({ scope: [[]] }), ['/rules/0/scope/0: A group needs at least one clause.']],
    [withInboundFlow({ to: 'mark2', from: { attribut: 'mail' } }), [
      '/rules/0/flows/2/from/attribut: There is no key attribut. Did you mean attribute?',
      '/rules/0/flows/2/from: A flow comes from exactly one of attribute, expression and constant (outbound also generate).'
    ]],
    [withInboundFlow({ to: 'level', from: { constant: null } }), ['/rules/0/flows/2/from/constant: null is not allowed here; it is a text, a number, true or false.']],
    [withOutboundFlow({ to: 'info', from: { attribute: 'mark', constant: 'x' } }), ['/rules/2/flows/4/from: A flow comes from exactly one of attribute, expression and constant (outbound also generate).']],
    [withOutboundFlow({ to: 'info', from: { attribute: 'mark' }, allowNul: true }), ['/rules/2/flows/4/allowNul: There is no key allowNul. Did you mean allowNull?']],
    [{ ...valid, metaverse: { person: { attributes: { ...person.attributes, 'a/b~c': { type: 'txt' } } } } }, [
      '/metaverse/person/attributes/a~1b~0c/type: "txt" is not allowed here; allowed: "text", "integer", "boolean", "sid", "guid", "dn".'
    ]]
  ])('is checked with path, value and what is allowed (%#)', (input, expected) => {
    expect(problemsOf(input)).toEqual(expected)
  })
})

describe('the contents of a rule file', () => {
  it.each([
    ['an unknown metaverse attribute of an inbound flow', withInboundFlow({ to: 'acountName', from: { attribute: 'x' } }), ['/rules/0/flows/2/to: There is no metaverse attribute acountName. Did you mean accountName?']],
    ['one that only the language knows', withInboundFlow({ to: 'constructor', from: { attribute: 'x' } }), ['/rules/0/flows/2/to: There is no metaverse attribute constructor. Known: uid, mark, accountName, employeeType, level, accountEnabled, proxies, objectSID, manager.']],
    ['an unknown metaverse attribute of an outbound flow', withOutboundFlow({ to: 'info', from: { attribute: 'Mark' } }), ['/rules/2/flows/4/from/attribute: There is no metaverse attribute Mark. Did you mean mark?']],
    ['one within an expression', withOutboundFlow({ to: 'info', from: { expression: 'Left(marc, 3)' } }), ['/rules/2/flows/4/from/expression: There is no metaverse attribute marc. Did you mean mark?']],
    ['an unknown metaverse attribute of a join', withInbound({ join: [{ connectorAttribute: 'id', metaverseAttribute: 'uuid' }] }), ['/rules/0/join/0/metaverseAttribute: There is no metaverse attribute uuid. Did you mean uid?']],
    ['an unknown metaverse attribute of an outbound scope', withClause({ attribute: 'employType', operator: 'ISNULL' }), ['/rules/2/scope/0/0/attribute: There is no metaverse attribute employType. Did you mean employeeType?']],
    ['an unknown metaverse type, once', withInbound({ metaverseType: 'persons' }), ['/rules/0/metaverseType: There is no metaverse type persons. Did you mean person?']],
    ['an expression that cannot be parsed, with its position', withInboundFlow({ to: 'mark', from: { expression: '"User_" + Lfet(id, 3)' } }), [
      '/rules/0/flows/2/from/expression@11: There is no function Lfet. Did you mean Left?',
      '/rules/0/flows/2/to: Flow 2 of this rule writes mark already.'
    ]],
    ['a repeated rule name', withInbound({ name: 'out' }), ['/rules/2/name: Rule 1 has the name OUT already.']],
    ['attributes that differ in case only', { ...valid, metaverse: { person: { attributes: { ...person.attributes, UID: { type: 'text' } } } } }, ['/metaverse/person/attributes/UID: UID differs from uid in case only.']],
    ['a repeated join criterion', withInbound({ join: [...fromEntra.join, { connectorAttribute: 'ID', metaverseAttribute: 'uid' }] }), ['/rules/0/join/1: ID = uid was tried before.']],
    ['a join that identifies nobody', withInbound({ join: [{ connectorAttribute: 'accountEnabled', metaverseAttribute: 'accountEnabled' }] }), ['/rules/0/join/0/metaverseAttribute: accountEnabled is true or false and identifies nobody.']],
    ['a precedence for an unknown attribute', { ...valid, precedence: { acountName: ['AD-IN'] } }, ['/precedence/acountName: There is no metaverse attribute acountName. Did you mean accountName?']],
    ['a precedence of an unknown rule', { ...valid, precedence: { accountName: ['AD-INN'] } }, ['/precedence/accountName/0: There is no inbound rule AD-INN. Did you mean AD-IN?']],
    ['a precedence of an outbound rule', { ...valid, precedence: { accountName: ['OUT'] } }, ['/precedence/accountName/0: There is no inbound rule OUT. Known: IN, AD-IN.']],
    ['a rule named twice in a precedence', { ...valid, precedence: { accountName: ['AD-IN', 'AD-IN'] } }, ['/precedence/accountName/1: AD-IN is named twice.']],
    ['a precedence of a rule that contributes nothing', { ...valid, precedence: { accountName: ['IN'] } }, ['/precedence/accountName/0: IN does not contribute accountName.']],
    ['a merge of an unknown attribute', { ...valid, merge: ['proxys'] }, ['/merge/0: There is no metaverse attribute proxys. Did you mean proxies?']],
    ['a merge of one value', { ...valid, merge: ['mark'] }, ['/merge/0: mark takes one value and cannot be merged; isMultiValued would allow it.']],
    ['an attribute merged twice', { ...valid, merge: ['proxies', 'proxies'] }, ['/merge/1: proxies is named twice.']],
    ['a rule that writes entra', withOutbound({ connector: 'entra' }), ['/rules/2/connector: Only ad is written; entra is read.']],
    ['a rule that creates without dn and account name', withOutbound({ flows: [] }), [
      '/rules/2/flows: The rule creates accounts, so a flow must say their dn.',
      '/rules/2/flows: The rule creates accounts, so a flow must say their sAMAccountName.'
    ]],
    ['a password elsewhere', withOutboundFlow({ to: 'info', from: { generate: 'password' } }), ['/rules/2/flows/4/from: A password is generated for unicodePwd only, not for info.']],
    ['a password of the file', withOutbound({ flows: [...toAd.flows.slice(0, 2), { to: 'UnicodePwd', from: { constant: 'Secret-1' }, initialOnly: true }] }), ['/rules/2/flows/2/from: unicodePwd is only ever { "generate": "password" }.']],
    ['userAccountControl that would overwrite bits later', withOutbound({ flows: [...toAd.flows.slice(0, 3), { to: 'userAccountControl', from: { constant: 512 } }] }), ['/rules/2/flows/3: userAccountControl is written only when the account is created: initialOnly must be true.']],
    ['userAccountControl that is no number', withOutbound({ flows: [...toAd.flows.slice(0, 3), { to: 'userAccountControl', from: { constant: 'normal' }, initialOnly: true }] }), ['/rules/2/flows/3/from: userAccountControl is a number.']],
    ['a name that could be cleared', withOutboundFlow({ to: 'dn', from: { attribute: 'mark' }, allowNull: true }), ['/rules/2/flows/4/allowNull: An account cannot be without dn.']],
    ['attributes that the directory keeps', withOutboundFlow({ to: 'objectSid', from: { attribute: 'objectSID' } }), ['/rules/2/flows/4/to: objectSid is kept by the directory itself and cannot be written.']],
    ['cn beside dn', withOutboundFlow({ to: 'cn', from: { attribute: 'mark' } }), ['/rules/2/flows/4/to: cn is kept by the directory itself and cannot be written; it follows from dn.']],
    ['two flows to one attribute', withOutboundFlow({ to: 'SAMACCOUNTNAME', from: { attribute: 'mark' }, initialOnly: true }), ['/rules/2/flows/4/to: Flow 2 of this rule writes SAMACCOUNTNAME already.']],
    ['empty text as constant', withOutboundFlow({ to: 'info', from: { constant: '' } }), ['/rules/2/flows/4/from/constant: Empty text is never a value; leave the flow out, or use Null().']]
  ])('must not have %s', (_, input, expected) => {
    expect(problemsOf(input)).toEqual(expected)
  })

  it('may give the same attribute once at creation and once for later, as the second variant of the tutorial does with dn', () => {
    expect(problemsOf(withOutboundFlow({ to: 'dn', from: { expression: '"CN=" + EscapeDNComponent(uid) + "," + manager' } }))).toEqual([])
  })

  it.each([
    [{ to: 'level', from: { expression: 'Left(id, 3)' } }, 'The expression gives a text, but the attribute is of type integer; CNum(…) converts it.'],
    [{ to: 'accountEnabled', from: { expression: '"x" + id' } }, 'The expression gives a text, but the attribute is of type boolean; CBool(…) converts it.'],
    [{ to: 'accountName', from: { expression: 'Len(id)' } }, 'The expression gives a number, but the attribute is of type text; CStr(…) converts it.'],
    [{ to: 'accountName', from: { expression: 'IsNull(id)' } }, 'The expression gives a boolean, but the attribute is of type text; CStr(…) converts it.'],
    [{ to: 'level', from: { constant: 1.5 } }, '1.5 is no value of an attribute of type integer.'],
    [{ to: 'accountEnabled', from: { constant: 'true' } }, '"true" is no value of an attribute of type boolean.'],
    [{ to: 'objectSID', from: { constant: 'S-2' } }, '"S-2" is no value of an attribute of type sid.'],
    [{ to: 'manager', from: { constant: 'nobody' } }, '"nobody" is no value of an attribute of type dn.']
  ])('must give values of the attribute\'s type (%#)', (flow, message) => {
    expect(problemsOf(withInboundFlow(flow))).toEqual([expect.stringContaining(message)])
  })

  it.each([
    { to: 'level', from: { expression: 'CNum(Left(id, 3))' } },
    { to: 'accountEnabled', from: { expression: 'IIF(IsNull(id), True, False)' } },
    { to: 'accountEnabled', from: { attribute: 'accountEnabled' } },
    { to: 'level', from: { constant: '12' } },
    { to: 'manager', from: { constant: 'CN=a,DC=b' } }
  ])('may give values whose type fits or is known only later (%#)', (flow) => {
    expect(problemsOf(withInboundFlow(flow))).toEqual([])
  })

  it.each([
    [{ attribute: 'mark', operator: 'ISNULL', value: 'x' }, ['/rules/2/scope/0/0/value: ISNULL asks for no value.']],
    [{ attribute: 'mark', operator: 'EQUAL' }, ['/rules/2/scope/0/0: EQUAL needs a value.']],
    [{ attribute: 'mark', operator: 'EQUAL', value: ['a'] }, ['/rules/2/scope/0/0/value: EQUAL compares with one value; ISIN and ISNOTIN take a list.']],
    [{ attribute: 'mark', operator: 'EQUAL', value: '' }, ['/rules/2/scope/0/0/value: Empty text is never a value; ask with ISNULL or ISNOTNULL.']],
    [{ attribute: 'mark', operator: 'ISIN', value: 'a' }, ['/rules/2/scope/0/0/value: ISIN takes a list of values.']],
    [{ attribute: 'mark', operator: 'ISNOTIN', value: [] }, ['/rules/2/scope/0/0/value: ISNOTIN needs at least one value.']],
    [{ attribute: 'level', operator: 'ISBITSET', value: 'two' }, ['/rules/2/scope/0/0/value: ISBITSET needs a whole number, the bits as in userAccountControl.']],
    [{ attribute: 'accountEnabled', operator: 'EQUAL', value: 'yes' }, ['/rules/2/scope/0/0/value: The attribute is true or false.']],
    [{ attribute: 'level', operator: 'ISIN', value: [1, 'two'] }, ['/rules/2/scope/0/0/value/1: The attribute is a number.']],
    [{ attribute: 'mark', operator: 'EQUALS', value: 'x' }, [expect.stringContaining('/rules/2/scope/0/0/operator: "EQUALS" is not allowed here; allowed: "EQUAL", "NOTEQUAL"')]]
  ])('must ask scope conditions with values that suit the operator (%#)', (clause, expected) => {
    expect(problemsOf(withClause(clause))).toEqual(expected)
  })
})

const operands: Readonly<Record<ScopeOperator, Pick<ScopeClause, 'value'>>> = {
  EQUAL: { value: 1 }, NOTEQUAL: { value: 1 }, LESSTHAN: { value: 1 }, LESSTHAN_OR_EQUAL: { value: 1 }, GREATERTHAN: { value: 1 }, GREATERTHAN_OR_EQUAL: { value: '1' },
  CONTAINS: { value: '1' }, NOTCONTAINS: { value: '1' }, STARTSWITH: { value: '1' }, NOTSTARTSWITH: { value: '1' }, ENDSWITH: { value: '1' }, NOTENDSWITH: { value: '1' },
  ISNULL: {}, ISNOTNULL: {}, ISIN: { value: [1, 2] }, ISNOTIN: { value: ['1'] }, ISBITSET: { value: 2 }, ISBITNOTSET: { value: '0x2' }
}

describe('parseRuleSet', () => {
  it.each(Object.entries(operands))('knows the scope operator %s', (operator, operand) => {
    expect(problemsOf(withClause({ attribute: 'level', operator, ...operand }))).toEqual([])
  })

  it('finds all problems at once, those behind a misspelt key too', () => {
    const broken = { ...withInboundFlow({ to: 'nowhere', from: { expression: 'Left(' } }), precedense: {}, precedence: { accountName: ['NOBODY'] } }
    expect(problemsOf(broken).map((problem) => problem.split(':')[0])).toEqual(['/precedense', '/rules/0/flows/2/to', '/rules/0/flows/2/from/expression@6', '/precedence/accountName/0'])
  })

  it('looks through the expressions even where the shape is broken', () => {
    const broken = { ...withInboundFlow({ to: 'mark', from: { expression: 'Left(' } }), version: 3 }
    expect(problemsOf(broken).map((problem) => problem.split(':')[0])).toEqual(['/version', '/rules/0/flows/2/from/expression@6'])
  })

  it('never throws, whatever the input', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true, maxDepth: 4 })
    fc.assert(fc.property(anything, fc.constantFrom('rules', 'metaverse', 'precedence', 'version', 'name', 'extra'), (value, key) => {
      expect(parseRuleSet(value).ok).toBe(false)
      expect(parseRuleSet({ ...valid, [key]: value })).toHaveProperty('ok')
      expect(parseRuleSet(withInbound({ flows: value, scope: value }))).toHaveProperty('ok')
    }), { numRuns: 500, examples: [[[{ length: { toString: 1, valueOf: 1 } }], 'rules'], [{ length: { toString: 1, valueOf: 1 } }, 'name']] })
  })
})

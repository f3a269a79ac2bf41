import type { Explanation, ExplanationStep } from '../../shared/domain/decision.ts'
import type { EngineSettings, GatheredPerson } from './contract.ts'
import { explainDecision } from './explainDecision.ts'
import { identifyPerson, type Identified } from './explainIdentity.ts'
import { flowInbound } from './inboundFlow.ts'
import { stateOfStep } from './stepState.ts'

/**
 * The story of one person, account or filtered guest: the very functions of a synchronisation, in their order, with what
 * each saw and decided. The first step that is not `done` says why it ended as it did. `gathered.names` counts as
 * complete: an account name that nobody was found to have is free.
 */
export function explainPerson(settings: EngineSettings, gathered: GatheredPerson): Explanation {
  const { steps, identified } = identifyPerson(settings, gathered)
  const told = identified === null ? steps : [...steps, ...explainFromInbound(settings, gathered, identified)]
  return { subject: gathered.subject, steps: told.map((step) => ({ ...step, state: stateOfStep(step) })) }
}

function explainFromInbound(settings: EngineSettings, gathered: GatheredPerson, { id, objectType, links }: Identified): readonly ExplanationStep[] {
  const connectors = [gathered.guest, gathered.account].filter((object) => object !== null)
    .filter((object) => links.some((link) => link.connector === object.connector && link.anchor === object.anchor))
  const { object: person, traces, failedAttributes } = flowInbound(settings, { id, objectType, links, connectors })
  const rulesOf = (connector: string) => new Set(settings.rules.inbound.filter((rule) => rule.connector === connector).map((rule) => rule.name))
  const inbound = connectors.map(({ connector }): ExplanationStep => {
    const rules = rulesOf(connector)
    return { kind: 'inbound', connector, flows: traces.filter((trace) => rules.has(trace.rule)) }
  })
  return [...inbound, { kind: 'metaverse', id, attributes: person.attributes }, ...explainDecision(settings, gathered, person, failedAttributes)]
}

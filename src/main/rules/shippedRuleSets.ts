import guestbridge from '../../../resources/rules/guestbridge.json' with { type: 'json' }

/** The rule sets that come with Guestbridge, as they stand in resources/rules: `parseRuleSet` reads them like any other. */
export const shippedRuleSets: Readonly<Record<'guestbridge', unknown>> = { guestbridge }

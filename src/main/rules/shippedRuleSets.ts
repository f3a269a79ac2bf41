import guestbridge from '../../../resources/rules/guestbridge.json' with { type: 'json' }
import tutorial from '../../../resources/rules/tutorial.json' with { type: 'json' }
import tutorialOu from '../../../resources/rules/tutorial-ou.json' with { type: 'json' }

/** The rule sets that come with Guestbridge, as they stand in resources/rules: `parseRuleSet` reads them like any other. */
export const shippedRuleSets: Readonly<Record<'guestbridge' | 'tutorial' | 'tutorial-ou', unknown>> = { guestbridge, tutorial, 'tutorial-ou': tutorialOu }

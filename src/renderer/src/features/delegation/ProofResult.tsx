import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { GuestFacts, ProofOutcome } from '../../../../shared/domain/delegation.ts'
import { formatInstant } from '../../texts.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { Facts } from '../../ui/Facts.tsx'

const useStyles = makeStyles({ parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS }, quiet: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 } })

const intents = { ticket: 'success', refused: 'error', notProven: 'warning' } as const

/** What a proof came to: the ticket, the refusal with what explains it, or why nothing was proven. */
export function ProofResult({ outcome, guests }: { readonly outcome: ProofOutcome; readonly guests: readonly GuestFacts[] }): ReactNode {
  const styles = useStyles()
  const words = delegationTexts.proof
  const { result, controller, at } = outcome
  const guest = guests.find(({ entraId }) => entraId === outcome.guest)?.displayName ?? outcome.guest
  const title = { ticket: words.proven, refused: words.refused, notProven: words.notProven }[result.kind]
  return (
    <div className={styles.parts}>
      <MessageBar intent={intents[result.kind]} layout="multiline" role="status"><MessageBarBody>
        <MessageBarTitle>{title} · <bdi>{guest}</bdi></MessageBarTitle> {textOf(result)}
      </MessageBarBody></MessageBar>
      {result.kind === 'ticket' && <Facts facts={factsOf(result)} />}
      <p className={styles.quiet} title={formatInstant(at)}>{words.asked(controller, at)}{result.kind === 'notProven' ? '' : ` ${words.lag}`}</p>
    </div>
  )
}

function textOf(result: ProofOutcome['result']): string {
  switch (result.kind) {
    case 'ticket': return result.siteProblem ?? ''
    case 'refused': return [result.text, result.checks.length === 0 ? null : delegationTexts.proof.explainedBy(result.checks), result.remedy].filter((part) => part !== null).join(' ')
    case 'notProven': return `${result.why} ${result.remedy}`
    default: return assertNever(result)
  }
}

function factsOf(ticket: Extract<ProofOutcome['result'], { kind: 'ticket' }>): readonly (readonly [string, string | null])[] {
  const words = delegationTexts.proof
  const { site } = ticket
  const timeOf = (instant: string | null): string | null => (instant === null ? null : formatInstant(instant))
  return [
    [words.principal, ticket.principal], [words.service, ticket.service], [words.encryptionType, ticket.encryptionType], [words.starts, timeOf(ticket.startsAt)], [words.ends, timeOf(ticket.endsAt)],
    [words.site, site === null ? null : `${site.url} · ${words.status(site.status)}`], [words.seenAs, site?.seenAs ?? null],
  ]
}

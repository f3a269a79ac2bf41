import { Badge, Button, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { refine } from '../../app/route.ts'
import { ofError, useAnswer, useClient } from '../../app/service.tsx'
import { formatAgo, formatInstant, texts } from '../../texts.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { writeDraft } from './draft.ts'

const words = texts.rules.versions
const shipped = ['guestbridge', 'tutorial', 'tutorial-ou'] as const

const useStyles = makeStyles({
  parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  title: { margin: 0, fontSize: tokens.fontSizeBase400 },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
})

/** What was saved, by whom and why, and the sets that are shipped. Each can become the draft; nothing takes effect by that. */
export function Versions({ inForceText }: { readonly inForceText: string }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const listed = useAnswer('rules.versions', {})
  const [problem, setProblem] = useState<Problem | null>(null)
  const open = async (version: number | (typeof shipped)[number]): Promise<void> => {
    try {
      const read = await client.call('rules.version', { version })
      if (!read.ok) return setProblem(read.problem)
      writeDraft(read.value.text, inForceText)
      refine({ view: 'compare' })
    } catch (error) {
      setProblem(ofError(error))
    }
  }
  if (listed.status === 'loading') return <Skeleton aria-label={texts.list.loading}><SkeletonItem size={64} /></Skeleton>
  if (listed.status === 'failed') return <ProblemMessage problem={listed.problem} />
  const { versions, inForce } = listed.value
  const openButton = (version: Parameters<typeof open>[0], name: string): ReactNode => <Button key="open" size="small" aria-label={words.openOf(name)} onClick={() => void open(version)}>{words.open}</Button>
  return (
    <div className={styles.parts}>
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
      <h2 className={styles.title}>{words.saved}</h2>
      {versions.length === 0 ? <p className={styles.text}>{words.none}</p> : (
        <EvidenceTable label={words.saved} headings={[words.version, words.name, words.when, words.who, words.note, words.action]} monospaced={[1]}
          rows={versions.map(({ version, name, savedAt, actor, note, isInForce }) => ({
            key: String(version),
            cells: [<span key="number">{version} {isInForce && <Badge appearance="tint">{words.inForce}</Badge>}</span>, name, savedAt === null ? words.unknown : <span key="when" title={formatInstant(savedAt)}>{formatAgo(savedAt, Date.now())}</span>, actor ?? words.unknown, <bdi key="note">{note ?? ''}</bdi>, openButton(version, String(version))],
          }))} />
      )}
      <h2 className={styles.title}>{words.shipped}</h2>
      <EvidenceTable label={words.shipped} headings={[words.name, words.about, words.action]} monospaced={[0]}
        rows={shipped.map((name) => ({ key: name, cells: [<span key="name">{name} {inForce === name && <Badge appearance="tint">{words.inForce}</Badge>}</span>, words.sets[name], openButton(name, name)] }))} />
    </div>
  )
}

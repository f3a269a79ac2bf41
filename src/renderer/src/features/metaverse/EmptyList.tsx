import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { navigate } from '../../app/route.ts'
import { texts } from '../../texts.ts'

const useStyles = makeStyles({ content: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start' }, skeleton: { display: 'grid', gap: tokens.spacingVerticalM } })

/** What will be here, and the one button that leads on. */
export function EmptyList({ status, words }: { readonly status: 'loading' | 'ready' | 'failed'; readonly words: string }): ReactNode {
  const styles = useStyles()
  if (status === 'failed') return null
  if (status === 'loading') return <Skeleton aria-label={texts.list.loading} className={styles.skeleton}>{Array.from({ length: 8 }, (_, line) => <SkeletonItem key={line} size={20} />)}</Skeleton>
  if (words === texts.metaverse.empty) return <div className={styles.content}><span>{words}</span><Button appearance="primary" onClick={() => navigate('overview')}>{texts.screens.overview}</Button></div>
  return <div className={styles.content}><span>{words}</span><Button onClick={() => navigate('metaverse')}>{texts.metaverse.clear}</Button></div>
}

import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  link: { display: 'grid', gridTemplateColumns: 'minmax(150px, max-content) minmax(0, 1fr) minmax(48px, max-content)', alignItems: 'center', gap: tokens.spacingHorizontalM, padding: '4px 6px', borderRadius: tokens.borderRadiusMedium, color: tokens.colorNeutralForeground1, textDecorationLine: 'none', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  track: { height: '8px', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground4, overflow: 'hidden' },
  bar: { height: '100%', backgroundColor: tokens.colorBrandBackground, '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'Highlight' } },
  count: { textAlign: 'end', fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightSemibold, color: tokens.colorBrandForegroundLink },
})

type BarLinkProps = { readonly route: string; readonly count: string; /** From 0 to 1. */ readonly share: number; readonly children: ReactNode }

/** A number with what it is of all, leading to the objects behind it. The bar only repeats the number. */
export function BarLink({ route, count, share, children }: BarLinkProps): ReactNode {
  const styles = useStyles()
  return (
    <a href={route} className={styles.link}>
      {children}{' '}
      <span className={styles.track} aria-hidden><span className={styles.bar} style={{ display: 'block', width: `${Math.max(1, share * 100)}%` }} /></span>
      <span className={styles.count}>{count}</span>
    </a>
  )
}

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { ThresholdShare } from '../../../../shared/api/windowCalls.ts'
import type { PlanBlock } from '../../../../shared/domain/plan.ts'
import { percentSaysSomething } from '../../../../shared/domain/percentSaysSomething.ts'
import { texts } from '../../texts.ts'

const useStyles = makeStyles({
  label: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS, fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
  beyond: { display: 'inline-flex', alignItems: 'center', gap: '4px', color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  track: { height: '6px', marginTop: '4px', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground5, overflow: 'hidden', '@media (forced-colors: active)': { border: '1px solid CanvasText' } },
  bar: { height: '100%', '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'Highlight' } },
  create: { backgroundColor: tokens.colorPaletteGreenBorderActive },
  updateAdoptAndEnable: { backgroundColor: tokens.colorPaletteBlueBorderActive },
  renameMoveAndUserPrincipalName: { backgroundColor: tokens.colorPalettePurpleBorderActive },
  disableAndDelete: { backgroundColor: tokens.colorPaletteMarigoldBorderActive },
  exceeded: { backgroundColor: tokens.colorPaletteRedBorderActive },
})

/** How much of a limit the plan and the last day take: as words, and as a bar to see at once. */
export function ThresholdBar({ share, block, managedAccounts }: { readonly share: ThresholdShare; readonly block: PlanBlock | null; readonly managedAccounts: number }): ReactNode {
  const styles = useStyles()
  const group = texts.changes.groups[share.kind]
  const percent = share.percent === null || !percentSaysSomething(share.planned, managedAccounts) ? '' : texts.review.percent((share.planned / managedAccounts) * 100, share.percent)
  return (
    <div title={texts.review.recent}>
      <div className={styles.label}>
        <span>{group}</span><span>{texts.review.share(share.planned, share.count)}{percent}</span>
        {block !== null && <span className={styles.beyond}><WarningRegular aria-hidden />{texts.review.beyond}</span>}
      </div>
      <div className={styles.track} role="meter" aria-label={group} aria-valuemin={0} aria-valuemax={share.count} aria-valuenow={Math.min(share.planned, share.count)} aria-valuetext={`${texts.review.share(share.planned, share.count)}${percent}`}>
        <div className={mergeClasses(styles.bar, block === null ? styles[share.kind] : styles.exceeded)} style={{ width: `${widthOf(share, managedAccounts)}%` }} />
      </div>
    </div>
  )
}

/** The nearer one of both limits; a little is still to be seen. */
function widthOf({ planned, count, percent }: ThresholdShare, managedAccounts: number): number {
  const ofCount = planned / Math.max(1, count)
  const ofPercent = percent === null || !percentSaysSomething(planned, managedAccounts) ? 0 : planned / ((managedAccounts * percent) / 100)
  return Math.max(1, Math.min(100, Math.max(ofCount, ofPercent) * 100))
}

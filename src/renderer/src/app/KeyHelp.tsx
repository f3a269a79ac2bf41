import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { delegationTexts } from '../texts/delegation.ts'
import { useReturnFocus } from '../ui/useReturnFocus.ts'
import type { Screen } from './route.ts'

const does = texts.keys.does_
type KeyLine = readonly [keys: readonly string[], does: string]

const everywhere: readonly KeyLine[] = [[['Ctrl', 'K'], does.palette], [['?'], does.keys], [['/'], does.search], [['j', '↓'], does.list], [['Tab'], does.parts], [['Esc'], does.leave]]
const ofLists: readonly KeyLine[] = [[['j', '↓'], does.next], [['k', '↑'], does.previous], [['Page Down', 'Page Up'], does.page], [['Home', 'End'], does.ends], [['Enter'], does.preview]]
const ofTables: readonly KeyLine[] = [...ofLists, [['Space'], does.detail], [['Enter'], does.sort]]
const splitter: KeyLine = [['←', '→'], does.splitter]
const ofPlainLists: readonly KeyLine[] = [...ofLists.slice(0, -1), [['Enter'], does.open], splitter]

/** Screens whose keys are those of any page are not here. */
const ofScreens: Partial<Record<Screen, readonly KeyLine[]>> = {
  guests: [...ofTables, splitter],
  changes: [...ofLists, [['Space'], does.mark], [['Esc'], does.unmark], [['e'], does.exclude], [['u'], does.unchanged], [['o'], does.open], splitter],
  metaverse: [...ofTables, [['Enter'], does.addCondition], splitter],
  runs: ofPlainLists,
  audit: ofPlainLists,
  delegation: [[['←', '→', '↑', '↓'], delegationTexts.keys.cells], [['Home', 'End'], delegationTexts.keys.ends], [['Enter'], delegationTexts.keys.open], splitter],
}

const useStyles = makeStyles({
  content: { display: 'grid', gap: tokens.spacingVerticalM },
  title: { margin: 0, fontSize: tokens.fontSizeBase300 },
  list: { display: 'grid', gridTemplateColumns: 'minmax(110px, max-content) minmax(0, 1fr)', gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`, margin: 0, alignItems: 'baseline' },
  keys: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  key: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusMedium, padding: '1px 6px', backgroundColor: tokens.colorNeutralBackground3 },
  does: { margin: 0 },
})

/** What the keys do, here and everywhere. */
export function KeyHelp({ isOpen, screen, onClose }: { readonly isOpen: boolean; readonly screen: Screen; readonly onClose: () => void }): ReactNode {
  const styles = useStyles()
  const own = ofScreens[screen]
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => { if (!data.open) onClose() }}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.keys.title(texts.screens[screen])}</DialogTitle>
          <DialogContent className={styles.content}>
            {own !== undefined && <Keys title={texts.keys.here} lines={own} />}
            <Keys title={texts.keys.everywhere} lines={everywhere} />
          </DialogContent>
          <DialogActions><CloseButton onClose={onClose} /></DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

function CloseButton({ onClose }: { readonly onClose: () => void }): ReactNode {
  useReturnFocus()
  return <Button appearance="primary" onClick={onClose}>{texts.keys.close}</Button>
}

function Keys({ title, lines }: { readonly title: string; readonly lines: readonly KeyLine[] }): ReactNode {
  const styles = useStyles()
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.list}>{lines.map(([keys, what]) => (
        <div key={what} style={{ display: 'contents' }}>
          <dt className={styles.keys}>{keys.map((key) => <kbd key={key} className={styles.key}>{key}</kbd>)}</dt>
          <dd className={styles.does}>{what}</dd>
        </div>
      ))}</dl>
    </section>
  )
}

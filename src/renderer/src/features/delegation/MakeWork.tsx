import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ApplicationFacts } from '../../../../shared/domain/delegation.ts'
import { useRoute } from '../../app/route.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { openPlan } from './wishes.ts'

const useStyles = makeStyles({ popover: { maxWidth: '440px' }, about: { display: 'block', whiteSpace: 'normal', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 } })

/** All that one application needs, on one of two ways, as a plan: nothing is written here. */
export function MakeWork({ application, appearance = 'primary' }: { readonly application: ApplicationFacts; readonly appearance?: 'primary' | 'secondary' }): ReactNode {
  const styles = useStyles()
  const parameters = useRoute((state) => state.route.parameters)
  const words = delegationTexts.makeWork
  const plan = (way: 'classic' | 'resourceBased'): void => openPlan(parameters, [{ kind: 'makeApplicationWork', application: application.id, way }])
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement><Button appearance={appearance}>{words.button(application.name)}</Button></MenuTrigger>
      <MenuPopover className={styles.popover}><MenuList aria-label={words.title}>
        <MenuItem onClick={() => plan('resourceBased')}>{words.resourceBased}<span className={styles.about}>{words.resourceBasedAbout}</span></MenuItem>
        <MenuItem onClick={() => plan('classic')}>{words.classic}<span className={styles.about}>{words.classicAbout}</span></MenuItem>
      </MenuList></MenuPopover>
    </Menu>
  )
}

import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { PersonAddRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { navigate } from '../../app/route.ts'
import { inviteTexts } from '../../texts/invite.ts'

/** The ways to guests who are not there yet. */
export function InviteMenu(): ReactNode {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement><MenuButton appearance="primary" icon={<PersonAddRegular />}>{inviteTexts.open}</MenuButton></MenuTrigger>
      <MenuPopover><MenuList>
        <MenuItem onClick={() => navigate('guests', { invite: 'one' })}>{inviteTexts.one}</MenuItem>
        <MenuItem onClick={() => navigate('guests', { invite: 'list' })}>{inviteTexts.list}</MenuItem>
      </MenuList></MenuPopover>
    </Menu>
  )
}

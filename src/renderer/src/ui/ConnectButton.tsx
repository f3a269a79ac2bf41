import { Button } from '@fluentui/react-components'
import { PlugConnectedRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { navigate } from '../app/route.ts'
import { connectTexts } from '../texts/connect.ts'

/** The way into the guided set-up; in the lab it begins anew, elsewhere with what is configured. */
export function ConnectButton({ isLab }: { readonly isLab: boolean }): ReactNode {
  return <Button icon={<PlugConnectedRegular />} onClick={() => navigate('settings', { connect: 'tenant' })}>{isLab ? connectTexts.open : connectTexts.repeat}</Button>
}

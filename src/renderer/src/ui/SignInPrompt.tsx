import { Link, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({ address: { fontFamily: tokens.fontFamilyMonospace } })

type SignInPromptProps = { /** Says which code is entered; the address follows it. */ readonly title: string; readonly address: string; readonly about: string }

/** Where a person signs in, with any browser, before work goes on (`Progress.signIn`). */
export function SignInPrompt({ title, address, about }: SignInPromptProps): ReactNode {
  const styles = useStyles()
  return <MessageBar intent="info" layout="multiline" role="status"><MessageBarBody><MessageBarTitle>{title}</MessageBarTitle> <Link href={address} target="_blank" rel="noreferrer" className={styles.address}>{address}</Link>. {about}</MessageBarBody></MessageBar>
}

import { Button, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Saved } from '../../../../shared/api/connectCalls.ts'
import { navigate } from '../../app/route.ts'
import { connectTexts } from '../../texts/connect.ts'
import { CommandToCopy } from '../../ui/CommandToCopy.tsx'
import { OpenWorkspace } from '../../ui/OpenWorkspace.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

const words = connectTexts.test

const useStyles = makeStyles({ text: { margin: 0 }, list: { margin: 0 }, next: { justifySelf: 'start' } })

/** Where everything went, and the way on: in this window, or by another start. */
export function SavedConnection({ saved: { folder, files, kept, keychain }, target }: { readonly saved: Saved; readonly target: 'open' | 'new' }): ReactNode {
  const styles = useStyles()
  const message = useRef<HTMLDivElement>(null)
  // The button that saved has gone with its form.
  useEffect(() => message.current?.focus(), [])
  return (
    <>
      <div ref={message} tabIndex={-1}><MessageBar intent="success" layout="multiline"><MessageBarBody role="status">{words.saved(folder)}</MessageBarBody></MessageBar></div>
      <ul className={styles.list}>
        {files.map((file) => <li key={file}>{file}</li>)}
        {kept.map(({ name, where, variable }) => <li key={name}>{words.keptLine(words.secretNames[name], words.keptIn[where], variable)}</li>)}
      </ul>
      {keychain !== null && <ProblemMessage problem={keychain} />}
      {target === 'new' && <><OpenWorkspace known={folder} /><p className={styles.text}>{words.openIt}</p><CommandToCopy command={`npm start -- --workspace "${folder}"`} /></>}
      {target === 'open' && <Button className={styles.next} appearance="primary" onClick={() => navigate('readiness')}>{words.readiness}</Button>}
    </>
  )
}

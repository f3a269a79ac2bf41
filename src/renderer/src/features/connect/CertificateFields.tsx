import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { PreparedCertificate } from '../../../../shared/api/connectCalls.ts'
import { useQueryRequest } from '../../app/useRequest.ts'
import { connectTexts } from '../../texts/connect.ts'
import { readinessTexts } from '../../texts/readiness.ts'
import { useBesideField } from '../../ui/besideField.ts'
import { downloadText } from '../../ui/download.ts'
import { Facts } from '../../ui/Facts.tsx'
import { FileButton } from '../../ui/FileButton.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScriptToCopy } from '../../ui/ScriptToCopy.tsx'
import { change, useConnectDraft } from './connectDraft.ts'

const words = connectTexts.credential
const usualDays = 365
const shortestPassword = 8

const useStyles = makeStyles({
  text: { margin: 0 },
  save: { justifySelf: 'start' },
})

/** Made here or brought; the private key stays in the service, and only its public part is ever here. */
export function CertificateFields({ hasKeychain }: { readonly hasKeychain: boolean }): ReactNode {
  const beside = useBesideField()
  const { draft, clientId, certificate } = useConnectDraft()
  const [making, bringing] = [useQueryRequest('connect.makeCertificate'), useQueryRequest('connect.bringCertificate')]
  const [days, setDays] = useState(String(usualDays))
  const [filePassword, setFilePassword] = useState('')
  const [keyPassword, setKeyPassword] = useState('')
  const password = hasKeychain ? null : keyPassword
  const isReady = /^[0-9a-f-]{36}$/i.test(clientId) && (password === null || password.length >= shortestPassword) && !making.isBusy && !bringing.isBusy
  const make = async (): Promise<void> => {
    const answer = await making.send({ draft, clientId, days: Number(days), password })
    if (answer.ok) change({ certificate: answer.value })
  }
  const bring = async (file: File): Promise<void> => {
    const content = await readBase64(file)
    const answer = await bringing.send({ draft, clientId, content, filePassword, password })
    if (!answer.ok) return
    // What has opened the file is of no use any more.
    setFilePassword('')
    change({ certificate: answer.value })
  }
  return (
    <>
      {!hasKeychain && <Field label={words.keyPassword} hint={words.keyPasswordHint} required><Input type="password" value={keyPassword} maxLength={500} autoComplete="new-password" onChange={(_event, data) => setKeyPassword(data.value)} /></Field>}
      <div className={beside.line}>
        <Field label={words.days}><Input inputMode="numeric" value={days} maxLength={4} onChange={(_event, data) => setDays(data.value)} /></Field>
        <Button className={beside.button} disabledFocusable={!isReady || !/^\d+$/.test(days)} onClick={() => void make()}>{making.isBusy ? words.making : words.make}</Button>
      </div>
      <div className={beside.line}>
        <Field label={words.filePassword} hint={words.bringHint}><Input type="password" value={filePassword} maxLength={500} autoComplete="off" onChange={(_event, data) => setFilePassword(data.value)} /></Field>
        <div className={beside.button}><FileButton label={words.bring} accept=".pem,.pfx,.p12" isDisabled={!isReady} onChosen={(file) => void bring(file)} /></div>
      </div>
      {[making, bringing].map(({ problem, dismiss }, index) => (problem === null ? null : <ProblemMessage key={index} problem={problem} onDismiss={dismiss} />))}
      {certificate !== null && <Prepared certificate={certificate} />}
    </>
  )
}

function Prepared({ certificate: { subject, notAfter, sha1, sha256, certificatePem, upload } }: { readonly certificate: PreparedCertificate }): ReactNode {
  const styles = useStyles()
  return (
    <>
      <p className={styles.text} role="status">{words.made(subject, notAfter)}</p>
      <Facts facts={[[words.sha1, sha1], [words.sha256, sha256]]} />
      <Button className={styles.save} onClick={() => downloadText(words.file, 'application/x-pem-file', certificatePem)}>{words.download}</Button>
      <p className={styles.text}>{words.upload}</p>
      {upload.map(({ title, language, text }) => <ScriptToCopy key={title} title={title} language={readinessTexts.languages[language]} text={text} />)}
    </>
  )
}

/** A loop instead of a spread: a file of 100 kB has more bytes than a call takes arguments. */
async function readBase64(file: File): Promise<string> {
  let binary = ''
  for (const byte of new Uint8Array(await file.arrayBuffer())) binary += String.fromCharCode(byte)
  return btoa(binary)
}

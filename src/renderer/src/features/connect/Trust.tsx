import { Button, Checkbox, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { PresentedCertificates } from '../../../../shared/api/connectCalls.ts'
import { useQueryRequest } from '../../app/useRequest.ts'
import { formatInstant } from '../../texts.ts'
import { connectTexts } from '../../texts/connect.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FileButton } from '../../ui/FileButton.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { change, controllersInput, useConnectDraft } from './connectDraft.ts'
import { rememberLook } from './controllerTrust.ts'

const words = connectTexts.controllers

const useStyles = makeStyles({ line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM }, text: { margin: 0 } })

/** What the first controller presents, and what a person trusts after comparing the fingerprint. There is no way around it. */
export function Trust(): ReactNode {
  const styles = useStyles()
  const draft = useConnectDraft()
  const looking = useQueryRequest('connect.fetchCertificate')
  const [presented, setPresented] = useState<PresentedCertificates | null>(null)
  const [server] = controllersInput(draft).servers
  const look = async (): Promise<void> => {
    setPresented(null)
    const answer = await looking.send({ server, security: draft.security })
    if (!answer.ok || server === undefined) return
    setPresented(answer.value)
    rememberLook(server, draft.security, answer.value.untrusted === null ? 'trusted' : 'untrusted')
  }
  return (
    <>
      <div className={styles.line}>
        <Button disabledFocusable={server === undefined || looking.isBusy} onClick={() => void look()}>{looking.isBusy ? words.looking : words.look}</Button>
        <FileButton label={words.fromFile} accept=".pem,.crt,.cer" onChosen={(file) => void file.text().then((directoryCaPem) => change({ directoryCaPem }))} />
        {draft.directoryCaPem !== '' && <><span role="status">{words.pinned}</span><Button size="small" onClick={() => change({ directoryCaPem: '' })}>{words.forget}</Button></>}
      </div>
      {looking.problem !== null && <ProblemMessage problem={looking.problem} onDismiss={looking.dismiss} />}
      {presented !== null && <Presented presented={presented} />}
    </>
  )
}

function Presented({ presented: { chain, untrusted, pin } }: { readonly presented: PresentedCertificates }): ReactNode {
  const styles = useStyles()
  const pinned = useConnectDraft((state) => state.directoryCaPem)
  const rows = chain.map(({ subject, issuer, validTo, fingerprint }) => ({ key: fingerprint, cells: [subject, issuer, formatInstant(validTo), fingerprint] }))
  return (
    <>
      <EvidenceTable label={words.chain} headings={words.chainColumns} rows={rows} monospaced={[3]} />
      {untrusted === null && <MessageBar intent="success"><MessageBarBody role="status">{words.trusted}</MessageBarBody></MessageBar>}
      {untrusted !== null && <p className={styles.text}>{words.untrusted} {untrusted.message}</p>}
      {untrusted !== null && pin.kind === 'nothing' && <MessageBar intent="warning" layout="multiline"><MessageBarBody>{pin.why}</MessageBarBody></MessageBar>}
      {untrusted !== null && pin.kind !== 'nothing' && (
        <>
          <p className={styles.text}>{pin.kind === 'authority' ? words.authority(pin.certificate.subject) : words.selfSigned(pin.certificate.subject)}</p>
          <Facts facts={[[words.fingerprint, pin.certificate.fingerprint]]} />
          <Checkbox label={words.compare} checked={pinned === pin.pem} onChange={(_event, data) => change({ directoryCaPem: data.checked === true ? pin.pem : '' })} />
        </>
      )}
    </>
  )
}

import { createTransport } from 'nodemailer'
import type { Notice } from './notice.ts'

export type MailServer = {
  readonly host: string
  readonly port: number
  /** `tls` from the first byte, or `startTls`, which is demanded: without encryption nothing is sent. */
  readonly security: 'tls' | 'startTls'
  /** Null: the server takes mail from us without signing in. */
  readonly login: { readonly user: string; readonly password: string } | null
  /** PEM; null: the authorities of the system. */
  readonly caPem: string | null
  readonly from: string
  readonly to: readonly string[]
}

const patience = 20_000

/** Null: the server took it for everybody. Otherwise why not. */
export async function mailNotice({ host, port, security, login, caPem, from, to }: MailServer, notice: Notice): Promise<string | null> {
  const transport = createTransport({
    host, port, secure: security === 'tls', requireTLS: security === 'startTls',
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
    tls: caPem === null ? {} : { ca: caPem },
    connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience,
    disableFileAccess: true, disableUrlAccess: true,
  })
  try {
    const { rejected } = await transport.sendMail({ from, to: [...to], subject: `${notice.title} (${notice.workspace.name})`, text: `${notice.text}\n\n${notice.workspace.folder}\n` })
    return rejected.length === 0 ? null : `${host} refused ${rejected.join(', ')}`
  } catch (error) {
    return `${host}:${port} did not take the mail: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    transport.close()
  }
}

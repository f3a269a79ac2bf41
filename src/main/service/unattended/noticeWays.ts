import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { NoticeWays } from '../../unattended/notify/sendNotice.ts'
import type { MailServer } from '../../unattended/notify/mail.ts'
import type { NotSent } from '../../unattended/notify/notice.ts'
import type { NotificationConfiguration, WorkspaceConfiguration } from '../../workspace/configuration.ts'
import { fillFromKeychain } from '../../workspace/keychain.ts'
import { knownSecrets } from '../../workspace/knownSecrets.ts'
import { environmentWithoutSecrets } from '../../workspace/environmentWithoutSecrets.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The ways of the configuration with their secrets. A way whose secret or file is missing is not used, and that is said. */
export async function openNoticeWays(folder: string, configuration: WorkspaceConfiguration, environment: Environment): Promise<{ readonly ways: NoticeWays; readonly notSent: readonly NotSent[] }> {
  const wanted: NotificationConfiguration = configuration.notifications ?? {}
  const secrets = await fillFromKeychain(environment, configuration.id, ['webhook', 'mail'])
  const notSent: NotSent[] = []
  const key = secrets[knownSecrets.webhook.variable] ?? ''
  if (wanted.webhook !== undefined && key === '') notSent.push({ way: 'webhook', why: `its key is not set (${knownSecrets.webhook.variable}, or guestbridge secrets set webhook)` })
  const mail = wanted.mail === undefined ? null : await mailServer(folder, wanted.mail, secrets[knownSecrets.mail.variable] ?? '')
  if (typeof mail === 'string') notSent.push({ way: 'mail', why: mail })
  return {
    ways: {
      systemLog: wanted.systemLog === false ? null : { platform: process.platform, environment: environmentWithoutSecrets(environment) },
      webhook: wanted.webhook === undefined || key === '' ? null : { url: wanted.webhook.url, key },
      mail: typeof mail === 'string' ? null : mail,
    },
    notSent,
  }
}

/** A text says what is missing. */
async function mailServer(folder: string, { server, user, caFile, from, to }: NonNullable<NotificationConfiguration['mail']>, password: string): Promise<MailServer | string> {
  if (user !== undefined && password === '') return `the password of ${user} is not set (${knownSecrets.mail.variable}, or guestbridge secrets set mail)`
  const { protocol, hostname, port } = new URL(server)
  const security = protocol === 'smtps:' ? 'tls' : 'startTls'
  const usualPort = security === 'tls' ? 465 : 587
  try {
    const caPem = caFile === undefined ? null : await readFile(resolve(folder, caFile), 'utf8')
    return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usualPort : Number(port), security, login: user === undefined ? null : { user, password }, caPem, from, to }
  } catch (error) {
    return `its certificate authority ${caFile ?? ''} cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

import { z } from 'zod'
import { caFile, filled, textThat } from './configurationValues.ts'

const mailAddress = (description: string) => textThat((text) => /^[^\s@<>",;]+@[^\s@<>",;]+$/.test(text), 'a mail address', description)

/** What `run cycle --unattended` keeps to. */
export const unattendedSchema = z.strictObject({
  fullEveryDays: z.int().min(1).max(90).default(7).meta({ description: 'Everything is read again after so many days; in between what changed.' }),
  limitMinutes: z.int().min(5).max(1440).default(120).meta({ description: 'A run that takes longer is ended.' }),
}).meta({ description: 'Cycles that nobody watches.' })

/** Who is told when an unattended cycle needs somebody. Keys and passwords come from the keychain (`guestbridge secrets set webhook`, `mail`). */
export const notificationsSchema = z.strictObject({
  systemLog: z.exactOptional(z.boolean().meta({ description: 'A line in the log of the operating system (syslog, Application event log); true where it is missing.' })),
  webhook: z.exactOptional(z.strictObject({
    url: textThat(isWebhook, 'an https URL, or http on this computer (127.0.0.1, localhost)', 'Is sent a JSON document, signed with HMAC-SHA256.'),
  }).meta({ description: 'An address that is told by HTTP.' })),
  mail: z.exactOptional(z.strictObject({
    server: textThat(isMailServer, 'smtps://host[:port] (TLS) or smtp://host[:port] (STARTTLS, demanded)', 'The mail server.'),
    caFile,
    user: z.exactOptional(filled('Name to sign in with; the password comes from the keychain. Without it nobody signs in.')),
    from: mailAddress('The sender.'),
    to: z.array(mailAddress('A receiver.')).min(1).max(50).meta({ description: 'The receivers.' }),
  }).meta({ description: 'Mail by SMTP.' })),
}).meta({ description: 'Who is told when an unattended cycle needs somebody.' })

function isWebhook(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
}

function isMailServer(text: string): boolean {
  return /^smtps?:\/\/([^/\s:@[\]]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?\/?$/i.test(text)
}

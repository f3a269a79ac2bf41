import type { Notice, NotSent } from './notice.ts'
import { mailNotice, type MailServer } from './mail.ts'
import { logNotice, type SystemLog } from './systemLog.ts'
import { postNotice, type Webhook } from './webhook.ts'

export type NoticeWays = {
  readonly systemLog: SystemLog | null
  readonly webhook: Webhook | null
  readonly mail: MailServer | null
}

/** By every way that is set up, at the same time; one that fails keeps nobody from the others. */
export async function sendNotice({ systemLog, webhook, mail }: NoticeWays, notice: Notice): Promise<readonly NotSent[]> {
  const sent: readonly Promise<NotSent | null>[] = [
    ...(systemLog === null ? [] : [logNotice(systemLog, notice).then(asNotSent('systemLog'))]),
    ...(webhook === null ? [] : [postNotice(webhook, notice).then(asNotSent('webhook'))]),
    ...(mail === null ? [] : [mailNotice(mail, notice).then(asNotSent('mail'))]),
  ]
  return (await Promise.all(sent)).filter((failed) => failed !== null)
}

function asNotSent(way: NotSent['way']): (why: string | null) => NotSent | null {
  return (why) => (why === null ? null : { way, why })
}

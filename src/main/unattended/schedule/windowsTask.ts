import { join } from 'node:path/win32'
import { jobName, secretsBesides, type Installation, type Schedule } from './schedule.ts'
import { escapeXml } from './escapeXml.ts'

/**
 * A task of the Task Scheduler (MS-TSCH 2.5). The account signs in with its password, which schtasks asks for and the
 * system keeps: only so does Credential Manager give the task its secrets.
 */
export function windowsInstallation(schedule: Schedule, folderOfFiles: string, account: string): Installation {
  const name = `\\Guestbridge\\${jobName(schedule)}`
  const path = join(folderOfFiles, `${jobName(schedule)}.xml`)
  return {
    system: 'taskScheduler',
    files: [{ path, text: taskXml(schedule, account) }],
    enable: [{ program: 'schtasks.exe', args: ['/Create', '/TN', name, '/XML', path, '/RU', account, '/RP', '*', '/F'] }],
    disable: [{ program: 'schtasks.exe', args: ['/Delete', '/TN', name, '/F'] }],
    show: { program: 'schtasks.exe', args: ['/Query', '/TN', name, '/V', '/FO', 'LIST'] },
    besides: [
      'schtasks asks for the password of the account. The account needs the right "Log on as a batch job".',
      'A group managed service account cannot be used: it has no password to bind to Active Directory with.',
      ...secretsBesides({ ...schedule, account }),
    ],
  }
}

function taskXml({ workspaceName, folder, everyMinutes, limitMinutes, command: [program = '', ...args] }: Schedule, account: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${escapeXml(`Guestbridge cycle of ${workspaceName}`)}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT${everyMinutes}M</Interval>
      </Repetition>
      <StartBoundary>2000-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${escapeXml(account)}</UserId>
      <LogonType>Password</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT${limitMinutes + 2}M</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escapeXml(program)}</Command>
      <Arguments>${escapeXml(args.map(quoteForWindows).join(' '))}</Arguments>
      <WorkingDirectory>${escapeXml(folder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`
}

/** As CommandLineToArgvW reads it: backslashes count only before a quote. */
export function quoteForWindows(word: string): string {
  if (word !== '' && !/[\s"]/.test(word)) return word
  return `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`
}

import { join } from 'node:path'
import { jobName, secretsBesides, type Installation, type Schedule } from './schedule.ts'

export type UnitPlace = {
  /** `system` needs root, and is what a server wants; `user` runs while the user is signed in, or lingers. */
  readonly manager: 'system' | 'user'
  /** Where unit files of that manager are looked for. */
  readonly folder: string
}

/** A oneshot service and its timer. A run that was missed while the machine was off is made up (`Persistent`). */
export function systemdInstallation(schedule: Schedule, place: UnitPlace): Installation {
  const name = jobName(schedule)
  const manager = place.manager === 'user' ? ['--user'] : []
  return {
    system: 'systemd',
    files: [
      { path: join(place.folder, `${name}.service`), text: serviceUnit(schedule, place) },
      { path: join(place.folder, `${name}.timer`), text: timerUnit(schedule) },
    ],
    enable: [
      { program: 'systemctl', args: [...manager, 'daemon-reload'] },
      { program: 'systemctl', args: [...manager, 'enable', '--now', `${name}.timer`] },
    ],
    disable: [{ program: 'systemctl', args: [...manager, 'disable', '--now', `${name}.timer`] }],
    show: { program: 'systemctl', args: [...manager, 'list-timers', '--all', `${name}.timer`] },
    besides: [
      ...(place.manager === 'user' ? ['So that it runs while you are signed out: loginctl enable-linger. The Secret Service must be unlocked then; on a server rather use --account.'] : []),
      ...secretsBesides(schedule),
      ...(place.manager === 'system' ? [`Without a Secret Service: systemd-creds encrypt --name=guestbridge-directory - /etc/credstore.encrypted/guestbridge-directory (and guestbridge-entra); the unit takes them up from there.`] : []),
    ],
  }
}

function serviceUnit({ workspaceName, folder, command, account, limitMinutes }: Schedule, { manager }: UnitPlace): string {
  return [
    '[Unit]',
    `Description=Guestbridge cycle of ${specifier(oneLine(workspaceName))}`,
    'Documentation=man:systemd.service(5)',
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    'Type=oneshot',
    `ExecStart=${command.map(quote).join(' ')}`,
    // What waits for approval (3) or had trouble with single objects (4, 5) has told somebody; the timer goes on.
    'SuccessExitStatus=3 4 5',
    // A oneshot service has started when it has ended (systemd.service(5)).
    `TimeoutStartSec=${limitMinutes * 60 + 120}`,
    ...(account === null ? [] : [`User=${specifier(oneLine(account))}`]),
    ...(manager === 'system'
      ? [
          'LoadCredentialEncrypted=guestbridge-directory', 'LoadCredentialEncrypted=guestbridge-entra', 'NoNewPrivileges=yes', 'ProtectSystem=strict', `ReadWritePaths=${quotePath(folder)}`, 'PrivateTmp=yes',
        ]
      : []),
    '',
  ].join('\n')
}

function timerUnit({ workspaceName, everyMinutes }: Schedule): string {
  return [
    '[Unit]',
    `Description=Guestbridge every ${everyMinutes} minutes: ${specifier(oneLine(workspaceName))}`,
    '',
    '[Timer]',
    `OnCalendar=${calendarOf(everyMinutes)}`,
    'Persistent=true',
    'RandomizedDelaySec=30',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n')
}

/** Persistent= works with OnCalendar= only (systemd.timer(5)), which counts from midnight. */
function calendarOf(everyMinutes: number): string {
  if (everyMinutes < 60) return `*-*-* *:00/${everyMinutes}:00`
  return everyMinutes === 1440 ? '*-*-* 03:00:00' : `*-*-* 00/${Math.round(everyMinutes / 60)}:00:00`
}

/** systemd.syntax(7): `%` begins a specifier, `$` a variable, backslash and quotes are escaped inside of quotes. */
function quote(word: string): string {
  return `"${specifier(oneLine(word)).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$')}"`
}

function quotePath(path: string): string {
  return `"${specifier(oneLine(path)).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

function specifier(text: string): string {
  return text.replaceAll('%', '%%')
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ')
}

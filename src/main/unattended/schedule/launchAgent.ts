import { join } from 'node:path'
import { escapeXml } from './escapeXml.ts'
import { jobName, secretsBesides, type Installation, type Schedule } from './schedule.ts'

/** A launchd agent of the signed-in user (launchd.plist(5)): its keychain is open only while that user is signed in. */
export function launchdInstallation(schedule: Schedule, home: string, userId: number): Installation {
  const label = `net.guestbridge.${jobName(schedule)}`
  const path = join(home, 'Library', 'LaunchAgents', `${label}.plist`)
  const domain = `gui/${userId}`
  return {
    system: 'launchd',
    files: [{ path, text: agent(schedule, label) }],
    enable: [{ program: 'launchctl', args: ['bootstrap', domain, path] }],
    disable: [{ program: 'launchctl', args: ['bootout', `${domain}/${label}`] }],
    show: { program: 'launchctl', args: ['print', `${domain}/${label}`] },
    besides: ['It runs while you are signed in; a run that was missed in sleep is made up on waking.', ...secretsBesides(schedule)],
  }
}

function agent({ folder, everyMinutes, command }: Schedule, label: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${escapeXml(label)}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((word) => `    <string>${escapeXml(word)}</string>`).join('\n')}
  </array>
  <key>WorkingDirectory</key>
  <string>${escapeXml(folder)}</string>
  <key>StartInterval</key>
  <integer>${everyMinutes * 60}</integer>
  <key>RunAtLoad</key>
  <true/>
  <key>ProcessType</key>
  <string>Background</string>
</dict>
</plist>
`
}

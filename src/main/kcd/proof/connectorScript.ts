/** What the script asks for. All of it goes into the script as base64, so no character of it is ever read as PowerShell. */
export type ScriptRequest = {
  readonly application: string
  readonly guest: string
  readonly identity: string
  readonly spn: string
  /** Asked with the ticket; null: no site is asked. */
  readonly url: string | null
}

/** Before and after the answer in what a person pastes. */
export const answerMarks = { begin: 'GUESTBRIDGE-PROOF', end: 'GUESTBRIDGE-END' } as const

/**
 * PowerShell 5.1 for a Windows connector: S4U2Self by WindowsIdentity (LsaLogonUser, MS-SFU), S4U2Proxy by a ticket that is
 * asked for under impersonation. It has to run as SYSTEM, which is the computer's account on the network and may impersonate.
 * It writes one line, without the ticket. It is made here and runs there: nothing of it was tried on this machine.
 */
export function renderConnectorScript(request: ScriptRequest): string {
  const packed = Buffer.from(JSON.stringify(request), 'utf8').toString('base64')
  return [...heading(request), `$packed = '${packed}'`, ...body].join('\r\n')
}

function heading({ application, identity, spn }: ScriptRequest): readonly string[] {
  return [
    '# Guestbridge: does this connector get a Kerberos ticket in the name of a guest? It changes nothing and shows no ticket.',
    '# Made on another machine and NOT RUN THERE. Read it, then run it on the Windows connector AS SYSTEM, in Windows PowerShell 5.1:',
    '#   schtasks /Create /TN GuestbridgeProof /RU SYSTEM /SC ONCE /ST 00:00 /F /TR "cmd /c powershell -NoProfile -ExecutionPolicy Bypass -File C:\\proof.ps1 > C:\\proof.txt"',
    '#   schtasks /Run /TN GuestbridgeProof        and afterwards: schtasks /Delete /TN GuestbridgeProof /F',
    '# Paste what C:\\proof.txt holds into Guestbridge, or: guestbridge kcd prove --paste proof.txt with the same application and guest.',
    `# application ${asComment(application)}, guest ${asComment(identity)}, service ${asComment(spn)}`,
  ]
}

/** One line, whatever the text holds: a line break would end the comment. */
function asComment(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
}

const body = [
  '$ErrorActionPreference = \'Stop\'',
  'Add-Type -AssemblyName System.IdentityModel',
  '$request = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($packed)) | ConvertFrom-Json',
  '$me = [Security.Principal.WindowsIdentity]::GetCurrent()',
  '$answer = [ordered]@{',
  '  version = 1; application = $request.application; guest = $request.guest; identity = $request.identity; spn = $request.spn; url = $request.url',
  '  computer = $env:COMPUTERNAME; account = $me.Name; at = [DateTime]::UtcNow.ToString(\'yyyy-MM-ddTHH:mm:ssZ\'); outcome = $null',
  '}',
  '',
  'function Get-Failure([string] $step, $failure) {',
  '  $cause = $failure.Exception',
  '  $native = $null',
  '  while ($cause) {',
  '    $text = $cause.Message',
  '    if ($cause -is [ComponentModel.Win32Exception]) { $native = \'{0:X8}\' -f $cause.NativeErrorCode }',
  '    $cause = $cause.InnerException',
  '  }',
  '  [ordered]@{ kind = \'failed\'; step = $step; code = $native; text = $text }',
  '}',
  '',
  '# Encryption type of the ticket within the request: its last part, enc-part [3], begins with etype [0] (RFC 4120, 5.2.9 and 5.3).',
  'function Get-EncryptionType([byte[]] $token) {',
  '  $hex = [BitConverter]::ToString($token).Replace(\'-\', \'\')',
  '  if ($hex -match \'A3(?:[0-7].|81..|82....)30(?:[0-7].|81..|82....)A0030201(..)\') { return [Convert]::ToInt32($Matches[1], 16) }',
  '  return $null',
  '}',
  '',
  'function Get-Site([string] $url) {',
  '  try {',
  '    $page = Invoke-WebRequest -Uri $url -UseDefaultCredentials -UseBasicParsing -TimeoutSec 30',
  '    $text = [string] $page.Content',
  '    return [ordered]@{ status = [int] $page.StatusCode; text = $text.Substring(0, [Math]::Min(4000, $text.Length)); failure = $null }',
  '  } catch {',
  '    $response = $_.Exception.Response',
  '    $status = if ($response) { [int] $response.StatusCode } else { $null }',
  '    return [ordered]@{ status = $status; text = \'\'; failure = $_.Exception.Message }',
  '  }',
  '}',
  '',
  'if (-not $me.IsSystem) {',
  '  $answer.outcome = [ordered]@{ kind = \'notSystem\' }',
  '} else {',
  '  $step = \'guest\'',
  '  try {',
  '    $identity = New-Object Security.Principal.WindowsIdentity -ArgumentList ([string] $request.identity)',
  '    $step = \'service\'',
  '    $impersonation = $identity.Impersonate()',
  '    try {',
  '      $token = New-Object System.IdentityModel.Tokens.KerberosRequestorSecurityToken -ArgumentList ([string] $request.spn)',
  '      $outcome = [ordered]@{',
  '        kind = \'ticket\'; principal = $identity.Name; encryptionType = Get-EncryptionType $token.GetRequest()',
  '        startsAt = $token.ValidFrom.ToUniversalTime().ToString(\'yyyy-MM-ddTHH:mm:ssZ\'); endsAt = $token.ValidTo.ToUniversalTime().ToString(\'yyyy-MM-ddTHH:mm:ssZ\'); site = $null',
  '      }',
  '      if ($request.url) { $outcome.site = Get-Site $request.url }',
  '      $answer.outcome = $outcome',
  '    } finally { $impersonation.Undo() }',
  '  } catch { $answer.outcome = Get-Failure $step $_ }',
  '}',
  '$line = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(($answer | ConvertTo-Json -Compress -Depth 5)))',
  `Write-Output "${answerMarks.begin} $line ${answerMarks.end}"`,
  '',
]

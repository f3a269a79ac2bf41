import type { Command } from 'commander'

export const shells = ['bash', 'zsh', 'powershell'] as const
export type Shell = (typeof shells)[number]

/** What may follow after the words of a command path: its subcommands, choices of its argument, and options. */
type Place = { readonly path: string; readonly words: readonly string[] }

/**
 * A script to source: it knows the commands and options of this version and asks nobody at completion time. Words of the
 * program consist of letters, digits and hyphens, so nothing has to be quoted for a shell.
 */
export function completionScript(shell: Shell, program: Command): string {
  const places = placesOf(program, [])
  switch (shell) {
    case 'bash': return bash(places)
    case 'zsh': return `#compdef guestbridge\nautoload -U +X bashcompinit && bashcompinit\n${bash(places)}`
    case 'powershell': return powershell(places)
  }
}

function placesOf(command: Command, path: readonly string[]): readonly Place[] {
  const options = command.options.flatMap(({ long, hidden }) => (long === undefined || long === null || hidden ? [] : [long]))
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
  const names = command.commands.map((child) => child.name())
  const here: Place = { path: path.join(' '), words: [...names, ...choices, ...options, '--help'] }
  return [here, ...command.commands.flatMap((child) => placesOf(child, [...path, child.name()]))]
}

function bash(places: readonly Place[]): string {
  const cases = places.map(({ path, words }) => `    '${path}') words='${words.join(' ')}' ;;`)
  const known = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  return `_guestbridge() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' words='' word index
  for ((index = 1; index < COMP_CWORD; index += 1)); do
    word="\${COMP_WORDS[index]}"
    case "\${path:+$path }$word" in
      ${known.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -eq 0 ] && COMPREPLY=($(compgen -f -- "$current"))
}
complete -F _guestbridge guestbridge
`
}

function powershell(places: readonly Place[]): string {
  const rows = places.map(({ path, words }) => `    '${path}' = @(${words.map((word) => `'${word}'`).join(', ')})`)
  return `Register-ArgumentCompleter -Native -CommandName guestbridge -ScriptBlock {
  param($current, $line, $cursor)
  $places = @{
${rows.join('\n')}
  }
  $path = ''
  foreach ($element in ($line.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursor) { break }
    $longer = ("$path " + $element.ToString()).Trim()
    if ($places.ContainsKey($longer)) { $path = $longer }
  }
  $places[$path] | Where-Object { $_ -like "$current*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`
}

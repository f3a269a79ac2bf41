/** npm moves to the package's folder and leaves the one where the person typed in INIT_CWD. */
export function currentFolder(environment: Readonly<Record<string, string | undefined>>, processFolder: string): string {
  return environment['INIT_CWD'] ?? processFolder
}

/** A copy, so that nobody changes the process's own. */
export function environmentOf(environment: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string | undefined>> {
  return { ...environment }
}

/** The words of a name in the code, for people: `absenceUnclear` becomes "absence unclear". */
export function spellName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

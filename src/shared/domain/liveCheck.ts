/** What was looked up in the directory just now. "Not checked" is never "passed". */
export type LiveCheck = {
  readonly name: 'ouExists' | 'mayCreate' | 'dnIsFree' | 'accountNameIsFree' | 'userPrincipalNameIsFree' | 'accountIsUnchanged'
  readonly state: 'passed' | 'failed' | 'notChecked'
  readonly text: string
}

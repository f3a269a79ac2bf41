/** One of ten accounts is ten percent: in small numbers only the count of a threshold is held to. */
export function percentSaysSomething(planned: number, managedAccounts: number): boolean {
  return managedAccounts >= 50 && planned >= 5
}

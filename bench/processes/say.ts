/** The one line that a process of a bench hands back. */
export function say(answer: unknown): void {
  console.log(JSON.stringify(answer))
}

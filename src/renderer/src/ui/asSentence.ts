/** Shared texts are parts of sentences, lower case and without full stop; a name at the beginning keeps its case. */
export function asSentence(text: string): string {
  return `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}`
}

import { printParseErrorCode, type ParseErrorCode } from 'jsonc-parser'

/** What is wrong where a text stops being JSON, in words that end a sentence; `this` is what stands at that place. */
export function nameSyntaxError(code: ParseErrorCode): string {
  const name = printParseErrorCode(code)
  return words[name] ?? name
}

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'only texts in double quotes, numbers, true, false, null, lists and objects are possible',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'the name of a setting, in double quotes, is missing before this',
  ValueExpected: 'a value is missing before this',
  ColonExpected: 'a colon is missing before this',
  CommaExpected: 'a comma is missing before this',
  CloseBraceExpected: 'a closing brace } is missing before this',
  CloseBracketExpected: 'a closing bracket ] is missing before this',
  EndOfFileExpected: 'nothing may follow the last brace',
  InvalidCommentToken: 'a comment is not possible here',
  UnexpectedEndOfComment: 'this comment has no end',
  UnexpectedEndOfString: 'this text has no closing double quote in its line',
  UnexpectedEndOfNumber: 'this number is not complete',
  InvalidUnicode: 'behind \\u come four digits 0-9 and a-f',
  InvalidEscapeCharacter: 'behind a backslash comes one of " \\ / b f n r t u; a backslash itself is written twice',
  InvalidCharacter: 'a character of this text has to be written as \\u and four digits',
}

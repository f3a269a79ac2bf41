import type { ExpressionFunction } from './functions/definition.ts'

/**
 * The expressions of MIM ("custom expressions") with the notations of Entra Connect beside them. Grammar:
 *
 *     expression     = concatenation [ ("=" | "<>" | "<" | ">" | "<=" | ">=") concatenation ]
 *     concatenation  = operand { ("+" | "&") operand }
 *     operand        = text | number | "True" | "False" | "Null" | attribute | parameter | call | "(" expression ")"
 *     text           = '"' { any character | '""' } '"'
 *     number         = ["-"] digits ["." digits] | "&H" hex digits
 *     attribute      = name | "[" any characters but "]" "]"
 *     parameter      = "%" any characters but "%" "%"
 *     call           = name "(" [ expression { "," expression } ] ")"
 *     name           = letter or "_", then letters, digits, "_", "-", "."
 *
 * Names of functions, True, False and Null ignore case; a blank between a function's name and its parenthesis is allowed.
 */
export type Node = LiteralNode | AttributeNode | ParameterNode | ConcatenationNode | CallNode

/** `position` is the place of the node's first character, counted from 1. */
type Placed = { readonly position: number }

/** Integers beyond 2^53 are text of their digits, because a number would lose some (`numeric.ts`). */
export type LiteralNode = Placed & { readonly kind: 'literal'; readonly value: string | number | boolean; readonly isNumber: boolean }
export type AttributeNode = Placed & { readonly kind: 'attribute'; readonly name: string }
export type ParameterNode = Placed & { readonly kind: 'parameter'; readonly name: string }
/** Flat, however long: `a + b + c` has three parts and no depth. */
export type ConcatenationNode = Placed & { readonly kind: 'concatenation'; readonly parts: readonly Node[] }
/** Comparisons are calls too: `a = b` is Eq(a, b). */
export type CallNode = Placed & { readonly kind: 'call'; readonly function: ExpressionFunction; readonly arguments: readonly Node[] }

export type ExpressionProblem = {
  readonly message: string
  /** The character at which the problem begins, counted from 1 in UTF-16 code units. */
  readonly position: number
  /** What could have stood there, in words for a person; empty where no list would help. */
  readonly expected: readonly string[]
}

export const expressionLimits = {
  /** UTF-16 code units of an expression. */
  length: 10_000,
  /** Parentheses and calls in one another: far beyond what a person can read, far below what a stack holds. */
  depth: 64
} as const

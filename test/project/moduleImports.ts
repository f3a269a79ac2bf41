import { readFileSync } from 'node:fs'
import { parseSync } from 'vite'

/** A module has no `require`: what asks by one there is CommonJS that the bundler has taken in, or a comment. */
const calls = { ofCommonJs: /\brequire\((["'])([\w@/:.-]+)\1\)/g, ofTheBundler: /\b__require\((["'])([\w@/:.-]+)\1\)/g }

/** What a module loads when it runs, as it is written there: imports of types are none. */
export function readImports(path: string): readonly string[] {
  const code = readFileSync(path, 'utf8')
  const { module } = parseSync(path, code)
  const loaded = [
    ...module.staticImports.filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType)).map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest, isType }) => (moduleRequest === null || isType ? [] : [moduleRequest.value]))),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => literalsOf(code.slice(moduleRequest.start, moduleRequest.end))),
    ...Array.from(code.matchAll(path.endsWith('.cjs') ? calls.ofCommonJs : calls.ofTheBundler), ([, , name = '']) => name),
  ]
  return [...new Set(loaded)]
}

/** `@scope/name` or `name` of an import from a package. */
export function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

function literalsOf(expression: string): readonly string[] {
  const literal = /^(["'])(.*)\1$/.exec(expression)?.[2]
  return literal === undefined ? [] : [literal]
}

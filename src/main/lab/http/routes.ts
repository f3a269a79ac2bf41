/** A line of a table of endpoints. `{name}` in the path stands for one segment, given to `handle` decoded. */
export type Route<Handle> = { readonly method: string; readonly path: string; readonly handle: Handle }

export type RouteMatch<Handle> =
  | { readonly kind: 'found'; readonly handle: Handle; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'methodNotAllowed'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknownPath' }

/** The first line whose path fits wins, so a literal segment stands above a `{name}`. `path` is still percent-encoded. */
export function findRoute<Handle>(routes: readonly Route<Handle>[], method: string, path: string): RouteMatch<Handle> {
  const segments = path.split('/').filter((segment) => segment !== '').map(decodeURIComponent)
  const fitting = routes.flatMap((route) => {
    const parameters = matchPath(route.path, segments)
    return parameters === null ? [] : [{ route, parameters }]
  })
  const first = fitting[0]
  if (first === undefined) return { kind: 'unknownPath' }
  const samePath = fitting.filter(({ route }) => route.path === first.route.path)
  const found = samePath.find(({ route }) => route.method === method)
  if (found === undefined) return { kind: 'methodNotAllowed', allowed: samePath.map(({ route }) => route.method) }
  return { kind: 'found', handle: found.route.handle, parameters: found.parameters }
}

function matchPath(template: string, segments: readonly string[]): Record<string, string> | null {
  const wanted = template.split('/').filter((segment) => segment !== '')
  if (wanted.length !== segments.length) return null
  const parameters: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const segment = segments[index] ?? ''
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name !== undefined) parameters[name] = segment
    else if (part !== segment) return null
  }
  return parameters
}

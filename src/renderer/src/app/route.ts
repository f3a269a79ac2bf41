import { create } from 'zustand'

export const screens = ['overview', 'guests', 'changes', 'metaverse', 'preview', 'delegation', 'runs', 'rules', 'readiness', 'audit', 'settings'] as const
export type Screen = (typeof screens)[number]

/** Where the window is: a screen and what is selected, filtered and open on it. Everything of it stands in the address. */
export type Route = { readonly screen: Screen; readonly parameters: Readonly<Record<string, string>> }

type RouteState = { readonly route: Route }

/** The address is the truth: back, forward and reload bring the same view again. */
export const useRoute = create<RouteState>(() => ({ route: readRoute(location.hash) }))

export function startRouting(): void {
  window.addEventListener('hashchange', () => useRoute.setState({ route: readRoute(location.hash) }))
}

export function navigate(screen: Screen, parameters: Readonly<Record<string, string>> = {}): void {
  location.hash = writeRoute({ screen, parameters })
}

/** Changes parameters of the present screen without a step in the history: typing a search is no journey. */
export function refine(parameters: Readonly<Record<string, string | null>>): void {
  const { route } = useRoute.getState()
  const merged = Object.entries({ ...route.parameters, ...parameters }).flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const]))
  const next: Route = { screen: route.screen, parameters: Object.fromEntries(merged) }
  useRoute.setState({ route: next })
  const before = location.hash
  // The address takes milliseconds and follows what is drawn and asked; another step meanwhile has the last word.
  queueMicrotask(() => { if (useRoute.getState().route === next && location.hash === before) history.replaceState(null, '', writeRoute(next)) })
}

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const screen = screens.find((known) => known === path) ?? 'overview'
  return { screen, parameters: Object.fromEntries(new URLSearchParams(query)) }
}

export function writeRoute({ screen, parameters }: Route): string {
  const query = new URLSearchParams(parameters).toString()
  return `#/${screen}${query === '' ? '' : `?${query}`}`
}

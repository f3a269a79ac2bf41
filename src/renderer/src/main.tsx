import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { startRouting } from './app/route.ts'
import { useTheme } from './app/theme.ts'
import './page.css'

// The nonce of the page's policy: without it Chromium refuses the styles that Fluent writes at run time.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="guestbridge-nonce"]')?.content ?? ''
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } })

function Root(): ReactNode {
  const { theme } = useTheme()
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider theme={theme}><App /></FluentProvider>
    </RendererProvider>
  )
}

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')
startRouting()
createRoot(root).render(<StrictMode><Root /></StrictMode>)

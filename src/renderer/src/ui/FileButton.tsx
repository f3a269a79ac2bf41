import { Button } from '@fluentui/react-components'
import { useRef, type ReactNode } from 'react'

type FileButtonProps = { readonly label: string; readonly accept: string; readonly isDisabled?: boolean; readonly onChosen: (file: File) => void }

/** Lets a person choose a file of this computer. The same file again, corrected, is a choice too. */
export function FileButton({ label, accept, isDisabled = false, onChosen }: FileButtonProps): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button disabledFocusable={isDisabled} onClick={() => input.current?.click()}>{label}</Button>
      <input ref={input} type="file" accept={accept} hidden aria-hidden tabIndex={-1} onChange={(event) => {
        const [chosen] = event.target.files ?? []
        event.target.value = ''
        if (chosen !== undefined) onChosen(chosen)
      }} />
    </>
  )
}

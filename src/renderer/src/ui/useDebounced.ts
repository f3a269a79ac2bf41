import { useEffect, useState } from 'react'

/** The value as it was when nothing had changed for so many milliseconds: a service is not asked about every key. */
export function useDebounced<Value>(value: Value, patience: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), patience)
    return () => clearTimeout(timer)
  }, [value, patience])
  return settled
}

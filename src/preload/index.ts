import { contextBridge, ipcRenderer } from 'electron'

// One CommonJS file: a sandboxed preload can load nothing else. The page gets one function and a port; a port cannot pass
// the bridge, so it goes by a message of the window to itself.
const portWanted = 'guestbridge:portWanted'
const portGiven = 'guestbridge:port'

ipcRenderer.on(portGiven, (event) => window.postMessage(portGiven, window.location.origin, event.ports))

contextBridge.exposeInMainWorld('guestbridge', { requestPort: (): void => ipcRenderer.send(portWanted) })

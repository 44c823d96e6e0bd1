import { connect } from 'node:tls'
import { afterwards } from '../instruments/settle.ts'

/** Whether a port completes a TLS handshake, whatever its certificate. */
export function speaksTls(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false })
    const end = (result: boolean) => {
      cancel()
      socket.destroy()
      resolve(result)
    }
    const cancel = afterwards(2000, () => {
      end(false)
    })
    socket.once('secureConnect', () => {
      end(true)
    })
    socket.once('error', () => {
      end(false)
    })
  })
}

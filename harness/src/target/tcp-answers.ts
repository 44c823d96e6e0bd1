import { connect } from 'node:net'
import { until } from '../instruments/settle.ts'

/** Waits until something accepts connections on a port of 127.0.0.1. Throws after `ms`. */
export async function tcpAnswers(port: number, ms: number): Promise<void> {
  if (!(await until(ms, () => accepts(port))))
    throw new Error(`nothing listens on 127.0.0.1:${port} after ${ms} ms`)
}

/** Whether something accepts a connection on a port right now. */
export function accepts(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    const end = (accepted: boolean) => {
      socket.destroy()
      resolve(accepted)
    }
    socket.once('connect', () => {
      end(true)
    })
    socket.once('error', () => {
      end(false)
    })
  })
}

import { connect } from 'node:net'
import { until } from '../instruments/settle.ts'

/** Waits until something accepts connections on a port of 127.0.0.1. Throws after `ms`. */
export async function tcpAnswers(port: number, ms: number): Promise<void> {
  if (!(await until(ms, () => accepts(port))))
    throw new Error(`nothing listens on 127.0.0.1:${port} after ${ms} ms`)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
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

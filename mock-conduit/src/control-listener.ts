import type { RequestListener } from 'node:http'
import type { ControlOptions } from './control/routes.ts'
import type { Worlds } from './worlds.ts'

/** Serves control calls that come over a socket. */
export interface ControlListener {
  listener: RequestListener
  /** Loads what the first call needs, so that it need not wait. */
  warm: () => void
}

/** Hono and its adapter cost as much to load as the rest of the mock, and a served backend needs neither: they come with the first control call. */
export function controlListener(
  worlds: Worlds,
  around: Partial<Omit<ControlOptions, 'worlds'>>,
): ControlListener {
  let loading: Promise<RequestListener> | undefined
  const load = () => (loading ??= adapter(worlds, around))
  return {
    listener: (incoming, outgoing) => {
      load().then(
        (listener) => {
          listener(incoming, outgoing)
        },
        (error: unknown) => {
          outgoing.writeHead(500).end(String(error))
        },
      )
    },
    warm: () => void load().catch(() => undefined),
  }
}

async function adapter(
  worlds: Worlds,
  around: Partial<Omit<ControlOptions, 'worlds'>>,
): Promise<RequestListener> {
  const [{ getRequestListener }, { createApp }] = await Promise.all([
    import('@hono/node-server'),
    import('./app.ts'),
  ])
  const listener = getRequestListener(createApp(worlds, around).fetch)
  return (incoming, outgoing) => void listener(incoming, outgoing)
}

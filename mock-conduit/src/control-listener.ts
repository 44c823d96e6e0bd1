import type { RequestListener } from 'node:http'
import type { ControlOptions } from './control/routes.ts'
import type { Worlds } from './worlds.ts'

/** Hono and its adapter cost as much to load as the rest of the mock, and a served backend needs neither: they come with the first control call. */
export function controlListener(
  worlds: Worlds,
  around: Partial<Omit<ControlOptions, 'worlds'>>,
): RequestListener {
  let loading: Promise<RequestListener> | undefined
  const load = () => (loading ??= adapter(worlds, around))
  return (incoming, outgoing) => {
    load().then(
      (listener) => {
        listener(incoming, outgoing)
      },
      (error: unknown) => {
        outgoing.writeHead(500).end(String(error))
      },
    )
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

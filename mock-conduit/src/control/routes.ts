import { Hono } from 'hono'
import { ControlError } from './control-error.ts'
import { admitControl } from './guard.ts'
import type { ControlHost } from './operation.ts'

export interface ControlOptions extends ControlHost {
  /** Asked for in `x-mock-token` when given. */
  token: string | undefined
}

/** The control API, `/__mock/…` of each world. The operations are loaded with the first call: a mock that is only served needs none of them. */
export function controlRoutes(options: ControlOptions): Hono {
  const app = new Hono()
  let loading: Promise<Hono> | undefined
  const load = () =>
    (loading ??= import('./mount.ts').then(({ mountOperations }) => mountOperations(options)))
  const serve = async (request: Request, path: string) => {
    if (!path.endsWith('/__mock/')) admitControl(request, options.token)
    return (await load()).fetch(request)
  }
  for (const base of ['/__mock', '/:world{~[^/]+}/__mock']) {
    app.get(base, ({ req, redirect }) => redirect(`${req.path}/`))
    app.all(`${base}/*`, ({ req }) => serve(req.raw, req.path))
  }
  app.onError((error) => refusal(error))
  return app
}

/** The control API's one error shape. */
export function refusal(error: Error): Response {
  const known =
    error instanceof ControlError ? error : new ControlError(500, 'FAILED', error.message)
  return Response.json({ error: known.message, code: known.code }, { status: known.status })
}

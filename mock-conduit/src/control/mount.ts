import { type Context, Hono } from 'hono'
import { nearestNames } from '../wire/nearest.ts'
import { consolePage } from '../console/page.ts'
import { ControlError } from './control-error.ts'
import { openApiDocument } from './openapi.ts'
import type { ControlHost, ControlOperation } from './operation.ts'
import { controlOperations } from './operations.ts'
import { unknownWorld } from './operations/worlds.ts'
import { refusal } from './routes.ts'

const bases = ['/__mock', '/:world{~[^/]+}/__mock']

/** Puts every operation on a router, for the default world and for `/~<name>`. */
export function mountOperations(host: ControlHost): Hono {
  const app = new Hono()
  for (const base of bases)
    for (const each of controlOperations)
      app.on(each.method, base + each.path, (context) => run(each, context, host))
  for (const base of bases) {
    app.get(`${base}/openapi.json`, ({ req }) => {
      const { world } = host.worlds.resolve(new URL(req.url).pathname)
      return Response.json(openApiDocument(controlOperations, world?.urls.api ?? ''))
    })
    app.get(`${base}/`, () => consolePage())
  }
  app.notFound(({ req }) => {
    const lines = controlOperations.map(({ method, path }) => `${method} /__mock${path}`)
    const asked = `${req.method} ${req.path.replace(/^\/~[^/]+/, '')}`
    const near = nearestNames(lines, asked).join(', ')
    return refusal(
      new ControlError(404, 'UNKNOWN_CALL', `No ${asked} in the control API. Nearest: ${near}.`),
    )
  })
  app.onError((error) => refusal(error))
  return app
}

async function run(
  operation: ControlOperation,
  { req }: Context,
  host: ControlHost,
): Promise<Response> {
  const { world, name } = host.worlds.resolve(new URL(req.url).pathname)
  if (!world) throw unknownWorld(host.worlds, name)
  const body = operation.body ? await readJson(req.raw) : undefined
  return operation.run({
    ...host,
    world,
    params: req.param(),
    query: req.query(),
    body,
    signal: req.raw.signal,
  })
}

/** An empty body is no body. */
async function readJson(request: Request): Promise<unknown> {
  const text = await request.text()
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : ''
    throw new ControlError(400, 'INVALID_JSON', `The body is not JSON: ${why}`)
  }
}

import type { Awaitable } from './awaitable.ts'
import { authRoutes } from './auth/routes.ts'
import { identifyToken } from './auth/identify.ts'
import { authorizationRoutes } from './authorization/routes.ts'
import { databaseRoutes } from './database/routes.ts'
import { runExchange, type Served } from './exchange.ts'
import { functionRoutes } from './functions/routes.ts'
import { plannedRoutes } from './planned-routes.ts'
import { serveBytes } from './storage/byte-server.ts'
import { storageRoutes } from './storage/routes.ts'
import type { WireRequest } from './wire/message.ts'
import { nearestOperation } from './wire/nearest.ts'
import { serveClientApi } from './wire/pipeline.ts'
import { createRouter, type Router } from './wire/router.ts'
import { systemRoutes } from './wire/system-routes.ts'
import type { World } from './world/world.ts'

/** The Client API's routes for a world as its config and schemas stand. */
export function buildRouter(world: World): Router {
  return createRouter([
    ...systemRoutes(world),
    ...authRoutes(world),
    ...functionRoutes(world),
    ...databaseRoutes(world),
    ...storageRoutes(world),
    ...authorizationRoutes(world),
    ...plannedRoutes(world),
  ])
}

/** Answers one request to a world's Client API. */
export function serveApi(world: World, request: WireRequest): Awaitable<Served> {
  const match = world.router.match(request.method, request.path)
  return runExchange({
    world,
    request,
    side: 'api',
    operation: match?.operation ?? 'unknown',
    token: identifyToken(world, request),
    hint: match ? undefined : nearestOperation(world.router.operations(), request),
    serve: (entry, onAnswered) =>
      serveClientApi({
        world,
        request,
        match,
        onAnswered,
        onBody: (bytes) => (entry.requestBody = bytes),
      }),
  })
}

/** Answers one request to a world's byte server. */
export function serveStorage(world: World, request: WireRequest): Awaitable<Served> {
  return runExchange({
    world,
    request,
    side: 'storage',
    operation: `${request.method} @storage/bytes`,
    token: undefined,
    serve: (entry) => serveBytes(world, request, (bytes) => (entry.requestBody = bytes)),
  })
}

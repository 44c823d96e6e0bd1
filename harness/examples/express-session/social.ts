import { Router } from 'express'
import type { ConduitClient } from './conduit-client.ts'
import { Refusal } from './refusal.ts'
import { settleIn } from './session-routes.ts'
import type { TokenDrawer } from './token-drawer.ts'

/** POST /session/social → { url } of the provider; the session remembers that it asked. */
export function socialRouter(conduit: ConduitClient): Router {
  const router = Router()
  router.post('/', async (request, response) => {
    const back = `${request.protocol}://${request.get('host') ?? ''}/welcome`
    const url = await conduit.providerUrl(back)
    request.session.awaitsProvider = true
    response.json({ url })
  })
  return router
}

/** GET /welcome?accessToken=…&refreshToken=…: where Conduit sends the browser back to. Only a session that asked for it is signed in. */
export function welcomeRouter(conduit: ConduitClient, drawer: TokenDrawer): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const { accessToken: access, refreshToken: refresh } = request.query
    if (
      request.session.awaitsProvider &&
      typeof access === 'string' &&
      typeof refresh === 'string'
    ) {
      const userId = await conduit.ownerOf(access).catch((error: unknown) => {
        if (error instanceof Refusal) return undefined
        throw error
      })
      if (userId !== undefined) await settleIn(request, drawer, { access, refresh, userId })
    }
    response.redirect('/')
  })
  return router
}

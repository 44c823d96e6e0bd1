import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { SAFE_HEADERS } from './preview-headers.ts'
import { CALLBACK } from './routes/social-login.ts'
import type { Services } from './services.ts'

/** The BFF's routes over its services. */
export function createApp(services: Services): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const isHttps = services.settings.appOrigin?.startsWith('https:') ?? false
  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) c.header(name, value)
    c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    if (isHttps) c.header('strict-transport-security', 'max-age=31536000')
    await next()
  })
  app.use('/api/*', async (c, next) => {
    services.guard.check(c.req.raw)
    await next()
  })
  app.post('/api/auth/login', (c) => services.login(c))
  app.all('/api/auth/logout', (c) => services.logout(c))
  app.post('/api/auth/refresh', (c) => services.refresh(c))
  app.get('/api/me', (c) => services.me(c))
  app.get('/api/posts', (c) => services.list(c))
  app.post('/api/posts', (c) => services.create(c))
  app.post('/api/posts/many', (c) => services.createMany(c))
  app.post('/api/files', (c) => services.upload(c))
  app.get('/api/files/:id/preview', (c) => services.preview(c))
  app.post('/api/auth/social', (c) => services.socialLogin(c))
  app.get(CALLBACK, (c) => services.socialCallback(c))
  app.get('/', (c) => services.page(c))
  app.get('/posts', (c) => services.postsPage(c))
  app.get('/assets/:file', (c) => services.script(c))
  app.notFound((c) => services.unknownRoute(c))
  app.onError((error, c) => services.failureAnswer(error, c))
  return app
}

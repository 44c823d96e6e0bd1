import { createAuthentication } from './authentication.ts'
import { createConduit } from './conduit.ts'
import { createHttp } from './conduit-http.ts'
import { deliver } from './delivery.ts'
import { createFailureAnswer } from './failure-answer.ts'
import { createFileUrls } from './file-urls.ts'
import { createLeases } from './lease.ts'
import { previewHeaders } from './preview-headers.ts'
import { connectRedis } from './redis-connection.ts'
import { createRenewal } from './renewal.ts'
import { createRequestGuard } from './request-guard.ts'
import { createLoginHandler } from './routes/login.ts'
import { createLogoutHandler } from './routes/logout.ts'
import { createMeHandler } from './routes/me.ts'
import { createPostsPageHandler } from './routes/posts-page.ts'
import { createCreateHandler, createCreateManyHandler, createListHandler } from './routes/posts.ts'
import { createPageHandler, createScriptHandler } from './routes/page.ts'
import { createPreviewHandler } from './routes/preview.ts'
import { createRefreshHandler } from './routes/refresh.ts'
import { createSeal } from './seal.ts'
import { createUnknownRouteHandler } from './routes/unknown-route.ts'
import { createSocialCallbackHandler, createSocialLoginHandler } from './routes/social-login.ts'
import { createUploadHandler } from './routes/upload.ts'
import type { Parts } from './services.ts'
import { createSessions } from './sessions.ts'
import { readSettings, type Env } from './settings.ts'
import { createStorage } from './storage.ts'
import { createUploads } from './uploads.ts'
import { createVault } from './vault.ts'

/** The parts of the BFF that does everything right. */
export const referenceParts = (env: Env): Parts => ({
  settings: () => readSettings(env),
  redis: ({ settings }) => connectRedis(settings.redisUrl),
  seal: ({ settings }) => createSeal(settings.sessionPassword),
  vault: createVault,
  leases: createLeases,
  http: createHttp,
  authentication: createAuthentication,
  renewal: createRenewal,
  conduit: createConduit,
  sessions: createSessions,
  guard: createRequestGuard,
  fileUrls: createFileUrls,
  storage: createStorage,
  uploads: createUploads,
  previewHeaders: () => previewHeaders,
  deliver: () => deliver,
  failureAnswer: createFailureAnswer,
  login: createLoginHandler,
  logout: createLogoutHandler,
  refresh: createRefreshHandler,
  socialLogin: createSocialLoginHandler,
  socialCallback: createSocialCallbackHandler,
  me: createMeHandler,
  list: createListHandler,
  create: createCreateHandler,
  createMany: createCreateManyHandler,
  preview: createPreviewHandler,
  upload: createUploadHandler,
  page: createPageHandler,
  postsPage: createPostsPageHandler,
  script: createScriptHandler,
  unknownRoute: createUnknownRouteHandler,
})

import { catalogue } from '../../src/index.ts'

/** In the harness's own process nothing can be killed, and what it prints is the harness's own output. */
const inProcess = {
  'LEAK-20': 'what a target prints is seen only when the harness started it as a process',
  'REFRESH-16': 'only a target that the harness started as a process can be killed',
  'RESIL-09': 'only a target that the harness started as a process can be told to stop',
  'RESIL-15':
    'memory and sockets are seen only of a target that the harness started as a process, on Linux',
}
const withoutClient = {
  'RULES-14': 'start.env takes no {{backend.clientId}} and {{backend.clientSecret}}',
}
const withoutRefresh = { 'REFRESH-26': 'routes.refresh is not declared' }
const withoutSocialLogin = { 'LEAK-09': 'routes.sso is not declared' }
const withoutUpload = {
  'REFRESH-15': 'routes.upload is not declared',
  'LEAK-13': 'routes.upload is not declared',
}
const withoutScope = {
  'RULES-08': 'routes.create.scope is not declared',
  'RULES-09': 'routes.create.scope is not declared',
  'RULES-10': 'routes.create.scope is not declared',
  'RULES-11': 'routes.create.scope is not declared',
}
const withoutFiles = {
  'LEAK-12': 'the list shows no File documents: its upstream calls answer none',
}
const withoutPages = Object.fromEntries(
  catalogue.filter(({ needs }) => needs.pages).map(({ id }) => [id, 'pages is not declared']),
)
const plainPages = {
  'LEAK-15': 'no declared page shows a picture that belongs to the user',
  'REFRESH-20': 'no declared page calls the backend',
  'REFRESH-21': 'no declared page calls the backend',
  'RESIL-13': 'no declared page calls the backend',
  'RESIL-14': 'no declared page calls the backend',
  'LEAK-24': "no declared page shows the user's documents",
}
const withoutHead = {
  'PREVIEW-12': 'HEAD is refused with 404',
}
const withoutUi = { 'RULES-06': 'ui.search, ui.sort and ui.next are not declared' }
const withoutMe = { 'SESSION-24': 'routes.me is not declared' }
const withoutSort = { 'RULES-07': 'routes.list.sort is not declared' }
const usual = {
  ...withoutSort,
  ...withoutClient,
  ...withoutSocialLogin,
  ...withoutRefresh,
  ...withoutScope,
  ...withoutUpload,
  ...withoutFiles,
  ...withoutUi,
}

/** What does not apply to a good example, and why. Everything else must be a PASS. */
export const skips = {
  'proactive-refresh': {
    ...inProcess,
    ...usual,
    ...plainPages,
    ...withoutMe,
    ...withoutHead,
    'PREVIEW-09': 'routes.preview.range is not declared, so ranges are optional',
  },
  'express-session': {
    ...inProcess,
    ...withoutClient,
    ...withoutSort,
    ...withoutRefresh,
    ...withoutPages,
    ...withoutUi,
  },
  'node-http': { ...inProcess, ...usual, ...withoutPages, ...withoutMe, ...withoutHead },
  fastify: {
    ...inProcess,
    ...usual,
    ...withoutPages,
    ...withoutMe,
    ...withoutHead,
    'RESIL-08': 'no key that would go by itself came to the vault with the renewal',
  },
  'next-auth-command': { ...usual, ...plainPages },
} satisfies Record<string, Record<string, string>>

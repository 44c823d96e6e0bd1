import { defineNextMutants, when } from './next-mutant.ts'

const errorAsJson = when('json-axios-error')
const wholeSession = when('me-returns-session')
const cached = when('unstable-cache-without-user')
const forwards = when('forwards-cookie')

export const leakMutants = defineNextMutants([
  {
    name: 'json-axios-error',
    defect:
      'The axios error, which holds the request with its Authorization, is the message to the browser.',
    kills: { 'LEAK-10': /./ },
    edits: [
      {
        file: 'lib/conduit-client.ts',
        find: "  return new AppError('BAD_GATEWAY', 'The backend cannot be reached.')\n",
        put: `  const message = ${errorAsJson} ? JSON.stringify(error) : 'The backend cannot be reached.'
  return new AppError('BAD_GATEWAY', message)
`,
      },
    ],
  },
  {
    name: 'me-returns-session',
    defect: 'The route that tells who is signed in spreads the whole session into its answer.',
    kills: { 'LEAK-01': /./ },
    edits: [
      {
        file: 'lib/api/auth.ts',
        find: '  return respond(async () => json(await whoAmI((await requireSession()).vaultKey)))\n',
        put: `  return respond(async () => {
    const { vaultKey } = await requireSession()
    const session = ${wholeSession} ? await conduit().vault.read(vaultKey) : undefined
    return json({ ...session, ...(await whoAmI(vaultKey)) })
  })
`,
      },
    ],
  },
  {
    name: 'unstable-cache-without-user',
    defect: "Next's data cache keeps a list under its page and term, for everybody.",
    kills: { 'LEAK-18': /./ },
    edits: [
      {
        file: 'lib/api/posts.ts',
        find: '    return json(await listPosts(vaultKey, postQuery(new URL(request.url).searchParams)))\n',
        put: `    const { search, searchParams } = new URL(request.url)
    const read = () => listPosts(vaultKey, postQuery(searchParams))
    return json(await (${cached} ? unstable_cache(read, ['posts', search], { revalidate: 60 }) : read)())
`,
      },
      {
        file: 'lib/api/posts.ts',
        find: "import { z } from 'zod'\n",
        put: "import { unstable_cache } from 'next/cache'\nimport { z } from 'zod'\n",
      },
    ],
  },
  {
    name: 'forwards-cookie',
    defect: "The browser's cookies are sent on to the backend.",
    kills: { 'PROXY-01': /./ },
    edits: [
      {
        file: 'lib/conduit-client.ts',
        find: "          Accept: 'application/json',\n",
        put: `          Accept: 'application/json',
          ...(${forwards} ? { Cookie: (await incoming()).get('cookie') ?? '' } : {}),
`,
      },
      {
        file: 'lib/conduit-client.ts',
        find: "import axios, { type AxiosInstance } from 'axios'\n",
        put: "import axios, { type AxiosInstance } from 'axios'\nimport { headers as incoming } from 'next/headers'\n",
      },
    ],
  },
])

import { changedAnswer } from '../reference-bff/mutants/change-answer.ts'
import { createBff } from '../reference-bff/create-bff.ts'
import { referenceParts } from '../reference-bff/parts.ts'
import type { Env, RunningBff } from '../reference-bff/settings.ts'

/** A sound BFF whose page has a login form that leads nowhere: its users sign in elsewhere. */
export const start = (env: Env): Promise<RunningBff> =>
  createBff(
    env,
    changedAnswer(referenceParts(env), 'script', async (answer, { c }) =>
      c.body((await answer.text()).replace("await send('/api/auth/login'", 'void (0'), 200, {
        'content-type': 'text/javascript',
      }),
    ),
  )

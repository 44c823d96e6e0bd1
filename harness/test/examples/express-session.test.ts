import { expectExample } from './expect-example.ts'

expectExample('express-session')

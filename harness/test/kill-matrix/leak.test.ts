import { expectKilled } from './expect-killed.ts'

expectKilled('LEAK')

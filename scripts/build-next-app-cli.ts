import { resolve } from 'node:path'
import { buildNextApp } from './build-next-app.ts'

/** `build-next-app-cli.ts FOLDER`: builds unless the build is current; what a target file runs before it starts an app. */
await buildNextApp(resolve(process.argv[2] ?? '.'), console.log)

import { buildSampleApp } from './build-sample-app.ts'

/** Builds the sample app unless its build is current; what a target file runs before it starts the app. */
await buildSampleApp(console.log)

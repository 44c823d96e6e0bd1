import { defineCheck } from '../../check.ts'
import { commonFiles } from '../shared/common-journey.ts'
import { grpcMarksIn } from '../shared/grpc-marks.ts'

export const rules02 = defineCheck({
  id: 'RULES-02',
  title: "No script for the browser contains the backend's gRPC SDK",
  level: 'MUST',
  profiles: ['core', 'conduit', 'browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['project rule', 'T-102', 'T-103', 'T-104'],
  source: ['@conduitplatform/grpc-sdk is for modules inside the installation'],
  mutants: ['grpc-sdk-in-client'],
  usualCauses: [
    'a module shared by server and client imports the SDK, and the bundler follows',
    'types are imported as values',
  ],
  async run(ctx) {
    const files = await commonFiles(ctx)
    const found = files.flatMap(({ path, text }) => {
      const marks = grpcMarksIn(text)
      return marks.length < 2 ? [] : [`${path}: ${marks.join(', ')}`]
    })
    ctx.expect('client files with gRPC in them', [], found)
  },
})

/** What only code for gRPC has in it, by kind; a text that merely speaks of gRPC shows one kind at most. */
const MARKS: readonly [kind: string, pattern: RegExp][] = [
  [
    'a package of gRPC',
    /node_modules\/(?:\.pnpm\/[^"]*)?(?:@conduitplatform\/grpc-sdk|@grpc\/(?:grpc-js|proto-loader)|grpc-web|nice-grpc)\b/,
  ],
  ['the name of the SDK', /@conduitplatform\/grpc-sdk|ConduitGrpcSdk/],
  [
    'channel options',
    /["']grpc(?:\.|-node\.)(?:keepalive_time_ms|max_receive_message_length|max_send_message_length|max_reconnect_backoff_ms|service_config|default_authority|primary_user_agent|enable_retries|use_local_subchannel_pool)/,
  ],
  [
    'headers of the protocol',
    /["'`]grpc-(?:status|message|timeout|encoding|accept-encoding|status-details-bin)["'`]/,
  ],
  ['its content type', /["'`]application\/grpc(?:-web)?(?:\+proto|-text)?["'`]/],
  ['a user agent', /grpc-node-js\//],
  [
    'a runtime for protocol buffers',
    /\b(?:protobufjs|google-protobuf|jspb\.Message|illegal wiretype|invalid wire type|deserializeBinaryFromReader)\b/,
  ],
  [
    'names of services',
    /["'`/](?:conduit|conduit\.module\.v1|grpc\.health\.v1)\.(?:\w+\.)?(?:Core|Config|Router|Database\w*|Storage|Authentication|Authorization|Admin|ConduitModule|Health)\b/,
  ],
]

/** The kinds of marks found, at most one of each. */
export const grpcMarksIn = (text: string): string[] =>
  MARKS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind)

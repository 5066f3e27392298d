/** Human without a TensorFlow.js of its own; `vite.config.ts` says where it lies, because the package's export map does not. */
declare module '@vladmandic/human/nobundle' {
  export { Human } from '@vladmandic/human'
}

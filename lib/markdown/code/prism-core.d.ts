declare module 'prismjs/components/prism-core' {
  const prism: typeof import('prismjs');
  export default prism;
}

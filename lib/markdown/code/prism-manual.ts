/** Read by Prism while it loads. Otherwise it would rewrite every code element of the page through innerHTML. */
const settings = { manual: true, disableWorkerMessageHandler: true };

Object.assign(globalThis, { Prism: settings });

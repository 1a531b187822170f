/** Read by Prism while it loads: without it, it would rewrite every code element of the page through innerHTML. */
const settings = { manual: true, disableWorkerMessageHandler: true };

Object.assign(globalThis, { Prism: settings });

// Read by Prism while it loads: without it, it would rewrite every code element of the page through innerHTML.
Object.assign(globalThis, { Prism: { manual: true, disableWorkerMessageHandler: true } });

export {};

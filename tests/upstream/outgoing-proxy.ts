import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

/** A proxy on the way out. Whatever name it is asked for, it goes to a port of this machine. */
export interface OutgoingProxy {
  readonly url: string;
  /** The hosts that were asked for; a tunnel begins with CONNECT. */
  readonly asked: string[];
  close(): void;
}

export async function startOutgoingProxy(port: number): Promise<OutgoingProxy> {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(String(request.headers.host));
    const { pathname } = new URL(request.url ?? '');
    const { method, headers } = request;
    const onward = forward({ port, path: pathname, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${String(request.url)}`);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    // Either end may break off.
    for (const end of [socket, onward])
      end.on('error', () => {
        socket.destroy();
        onward.destroy();
      });
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`,
    asked,
    close() {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

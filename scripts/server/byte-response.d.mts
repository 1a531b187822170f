export { ServerResponse as ByteResponse } from 'node:http';

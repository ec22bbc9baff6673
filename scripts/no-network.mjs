// Runs before each test file: a connection to anything but this machine fails the test that opens it.
import net from 'node:net';

const loopback = /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/;
const connect = net.Socket.prototype.connect;

/**
 * The host that a call of `connect` names, in any of the forms that node accepts.
 * @param {any[]} args
 */
function hostOf(args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object') return first.path === undefined ? first.host : undefined;
  return typeof second === 'string' ? second : undefined;
}

/** @param {any[]} args */
function connectLocally(...args) {
  const host = hostOf(args) ?? 'localhost';
  if (!loopback.test(host)) {
    throw new Error(`Cannot connect to "${host}": tests reach only this machine`);
  }
  // @ts-expect-error: passes on whatever form of arguments it was given
  return connect.apply(this, args);
}

// Test files share a thread, so an earlier one may have done it
if (connect.name !== connectLocally.name) net.Socket.prototype.connect = connectLocally;

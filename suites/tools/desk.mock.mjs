/** The desk of a shop: these functions answer instead of its tools, and change the world of the trial. */

export function getOrder({ order_id }, { world, fail }) {
  return { order_id, ...orderIn(world, order_id, fail) };
}

export function refundOrder({ order_id, amount }, { world, fail }) {
  const order = orderIn(world, order_id, fail);
  if (order.refunded + amount > order.total) {
    throw fail(
      'too_much',
      `Order ${order_id} cost ${order.total}, of which ${order.refunded} is refunded`,
    );
  }
  order.refunded += amount;
  return { refunded: amount };
}

export function cancelOrder({ order_id }, { world, fail }) {
  const order = orderIn(world, order_id, fail);
  if (order.status !== 'open') throw fail('too_late', `Order ${order_id} is ${order.status}`);
  order.status = 'cancelled';
  return { status: order.status };
}

export function deleteAccount({ customer_id }, { world }) {
  delete world.customers[customer_id];
  return { deleted: true };
}

function orderIn(world, id, fail) {
  const order = Object.hasOwn(world.orders, id) ? world.orders[id] : undefined;
  if (!order) throw fail('not_found', `There is no order ${id}`);
  return order;
}

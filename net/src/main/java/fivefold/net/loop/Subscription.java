package fivefold.net.loop;

import fivefold.net.Group;

/** One connection as a member of one group. */
final class Subscription {
  final Group group;
  final LoopFanout fanout;
  final StreamConnection connection;

  /** What it got last; guarded by the connection's {@link Subscriptions}. */
  Broadcast last;

  /** Where it stands among the members; guarded by the fan-out. */
  int place;

  Subscription(Group group, LoopFanout fanout, StreamConnection connection, Broadcast last) {
    this.group = group;
    this.fanout = fanout;
    this.connection = connection;
    this.last = last;
  }
}

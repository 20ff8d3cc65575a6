package fivefold.net;

import java.net.SocketAddress;

/**
 * How a datagram server listens; built by {@link DatagramServerBuilder}, which documents each and
 * checks it.
 *
 * @param sendBufferBytes 0 leaves it to the system
 * @param receiveBufferBytes 0 leaves it to the system
 */
public record DatagramOptions(
    SocketAddress address,
    int loops,
    int workers,
    boolean reuseAddress,
    int sendBufferBytes,
    int receiveBufferBytes,
    int datagramLimitBytes,
    ServerListener listener) {}

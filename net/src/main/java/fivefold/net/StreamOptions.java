package fivefold.net;

import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a stream server listens and what it allows; built by {@link StreamServerBuilder}, which
 * documents each and checks it.
 *
 * @param prefork 0 for none
 * @param sendBufferBytes 0 leaves it to the system
 * @param receiveBufferBytes 0 leaves it to the system
 * @param connectionsWanted how many the engine is to find room for; 0 for as many as there is room
 *     for anyway
 * @param idleTimeout zero for none
 * @param stages who hears of what its threads are in; null for nobody
 */
public record StreamOptions(
    SocketAddress address,
    int loops,
    int workers,
    int prefork,
    int backlog,
    boolean noDelay,
    boolean reuseAddress,
    boolean reusePort,
    int sendBufferBytes,
    int receiveBufferBytes,
    int connectionLimit,
    int connectionsWanted,
    Duration idleTimeout,
    OutboxLimits outbox,
    ServerListener listener,
    @Nullable StageRecorder stages) {}

package fivefold.net.tls;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * What the connections of one server, or client, share.
 *
 * @param speaksFirst the client begins the handshake
 * @param engines makes the engine of a connection
 * @param tasks where signatures and key agreements are computed
 */
record TlsSettings(
    boolean speaksFirst,
    Supplier<SSLEngine> engines,
    Executor tasks,
    Duration handshakeTimeout,
    int handshakeLimitBytes) {}

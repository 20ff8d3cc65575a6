/**
 * What a server does, told to Micrometer.
 *
 * <pre>{@code
 * try (PrometheusPage page = PrometheusPage.open(9464);
 *     Server server = Server.tcp(7000, Echo::new).probe(new ServerMeters(page.registry())).start()) {
 *   server.awaitClose();
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package fivefold.metrics;

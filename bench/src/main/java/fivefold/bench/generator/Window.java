package fivefold.bench.generator;

/**
 * What a generator did in one window.
 *
 * @param requestsPerSecond answered, each compared byte for byte
 * @param cpuMicros CPU time of the generator's whole process for each request
 * @param serverCore how busy the server's processor was, 0 to 1
 * @param loadCore the same of the generator's
 * @param errors replies that were wrong or missing, connections that failed
 */
record Window(
    double requestsPerSecond, double cpuMicros, double serverCore, double loadCore, long errors) {}

/**
 * The contract of {@link fivefold.net.StreamHandler}, {@link fivefold.net.Connection} and {@link
 * fivefold.net.Server} as tests, each run on every I/O model. Select the package to run it against
 * the models on the path:
 *
 * <pre>{@code
 * @Suite
 * @SelectPackages("fivefold.testkit.conformance")
 * @IncludeClassNamePatterns(".*Conformance")
 * class ConformanceTest {}
 * }</pre>
 *
 * <p>{@code -Dfivefold.testkit.models=epoll,nio} runs it on those models only.
 */
package fivefold.testkit.conformance;

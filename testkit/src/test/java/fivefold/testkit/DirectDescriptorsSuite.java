package fivefold.testkit;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * What depends on how sockets are reached; the build runs it a second time on io_uring with direct
 * descriptors, in tables so short that accepting goes from one to the other.
 */
@Suite
@SelectPackages("fivefold.testkit.conformance")
@IncludeClassNamePatterns(
    ".*(Stream|Send|HalfClose|CloseReason|Pause|Lifecycle|UnixSocket|Limits)Conformance")
class DirectDescriptorsSuite {}

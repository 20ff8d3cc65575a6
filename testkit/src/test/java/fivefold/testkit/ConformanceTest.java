package fivefold.testkit;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Every conformance test on every model of this build. */
@Suite
@SelectPackages("fivefold.testkit.conformance")
@IncludeClassNamePatterns(".*Conformance")
class ConformanceTest {}

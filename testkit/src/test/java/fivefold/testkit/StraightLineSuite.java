package fivefold.testkit;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The straight-line style alone; the build runs it a second time on the JDK's scheduler, as in a
 * program that was started without {@code --add-opens}.
 */
@Suite
@SelectPackages("fivefold.testkit.conformance")
@IncludeClassNamePatterns(".*(Conversation|Scheduling|Client)Conformance")
class StraightLineSuite {}

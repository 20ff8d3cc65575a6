/** What a server's threads did, one stage after another. */
@org.jspecify.annotations.NullMarked
package fivefold.net.timeline;

/**
 * A terminal as a source of events and a place for frames: keys, clicks and resizes come in through
 * an event loop, whole pictures go out.
 */
package fivefold.cli.screen;

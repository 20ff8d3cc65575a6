/**
 * The lab as a web page of this machine: exhibits and comparisons, run and watched in a browser.
 */
@NullMarked
package fivefold.lab.site;

import org.jspecify.annotations.NullMarked;

/** An exhibit's run as a page: for a terminal, HTML, Markdown. */
@NullMarked
package fivefold.lab.exhibit.page;

import org.jspecify.annotations.NullMarked;

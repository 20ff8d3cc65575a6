/** What tables and charts share: how wide text is, how far apart the lines of a grid are. */
package fivefold.lab.draw;

package fivefold.cli.screen;

import java.util.List;
import org.jline.utils.AttributedString;

/** One picture of the screen: its rows from the top, and where the cursor stands. */
public record Frame(List<AttributedString> rows, int cursorColumn, int cursorRow) {
  public Frame {
    rows = List.copyOf(rows);
  }
}

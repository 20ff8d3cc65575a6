package fivefold.cli.screen;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.AttributedCharSequence.ForceMode;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * Turns a picture into what changes the last one into it: only rows that differ are written, by the
 * sequences of ECMA-48 (CUP, EL). The cursor is hidden meanwhile.
 */
public final class Painter {
  private static final String CSI = "\u001b[";
  private static final String HIDE_CURSOR = CSI + "?25l";
  private static final String SHOW_CURSOR = CSI + "?25h";
  private static final String PLAIN = CSI + "0m";
  private static final String CLEAR = CSI + "2J";
  private static final String CLEAR_REST = CSI + "K";

  private final int colours;
  private final Map<AttributedStyle, String> starts = new HashMap<>();
  private List<AttributedString> painted = List.of();
  private boolean fromNothing = true;

  /**
   * A painter of an empty screen.
   *
   * @param colours that the terminal has
   */
  public Painter(int colours) {
    this.colours = colours;
  }

  /** The screen is no longer as it was left: the next picture is written whole. */
  public void forget() {
    fromNothing = true;
  }

  /** What to write. */
  public byte[] paint(Frame frame) {
    StringBuilder out = new StringBuilder(HIDE_CURSOR);
    if (fromNothing) {
      out.append(PLAIN).append(CLEAR);
    }
    for (int row = 0; row < frame.rows().size(); row++) {
      AttributedString wanted = frame.rows().get(row);
      if (fromNothing || row >= painted.size() || !painted.get(row).equals(wanted)) {
        moveTo(out, 0, row);
        styled(wanted, out);
        out.append(PLAIN).append(CLEAR_REST);
      }
    }
    moveTo(out, frame.cursorColumn(), frame.cursorRow());
    painted = frame.rows();
    fromNothing = false;
    return out.append(SHOW_CURSOR).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Not by toAnsi of the whole: JLine would write ASCII for the characters that draw boxes. */
  private void styled(AttributedString row, StringBuilder out) {
    for (int from = 0, to; from < row.length(); from = to) {
      AttributedStyle style = row.styleAt(from);
      to = from + 1;
      while (to < row.length() && row.styleAt(to).equals(style)) {
        to++;
      }
      out.append(PLAIN).append(starts.computeIfAbsent(style, this::start)).append(row, from, to);
    }
  }

  /** What switches a style on, with the colours there are. */
  private String start(AttributedStyle style) {
    // JLine writes the first eight colours also where it is told there are none.
    AttributedStyle possible = colours > 0 ? style : style.foregroundDefault().backgroundDefault();
    String sample = new AttributedString("x", possible).toAnsi(colours, ForceMode.None);
    return sample.substring(0, sample.indexOf('x'));
  }

  private static void moveTo(StringBuilder out, int column, int row) {
    out.append(CSI).append(row + 1).append(';').append(column + 1).append('H');
  }
}

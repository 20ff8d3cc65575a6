package fivefold.cli.chat;

/**
 * Which part of the screen is what, for any size:
 *
 * <pre>
 * title
 * scrollback              | side
 * status
 * input
 * </pre>
 */
record Layout(int columns, int rows) {
  private static final int SIDE_COLUMNS = 22;

  /** Narrower screens keep all for the text. */
  private static final int LEAST_COLUMNS_FOR_SIDE = 64;

  private static final int ROWS_AROUND = 3;

  boolean hasTitle() {
    return rows >= 2;
  }

  boolean hasStatus() {
    return rows >= ROWS_AROUND;
  }

  boolean hasSide() {
    return columns >= LEAST_COLUMNS_FOR_SIDE;
  }

  /** Of the scrollback. */
  int textColumns() {
    return hasSide() ? columns - SIDE_COLUMNS : columns;
  }

  /** Of the side, without the line that parts it from the text. */
  int sideColumns() {
    return hasSide() ? SIDE_COLUMNS - 2 : 0;
  }

  int textRows() {
    return Math.max(0, rows - ROWS_AROUND);
  }

  int statusRow() {
    return rows - 2;
  }

  int inputRow() {
    return rows - 1;
  }

  /** The row of the scrollback at this place, or -1. */
  int textRowAt(int column, int row) {
    return column < textColumns() ? middleRow(row) : -1;
  }

  /** The row of the side at this place, or -1. */
  int sideRowAt(int column, int row) {
    return hasSide() && column > textColumns() ? middleRow(row) : -1;
  }

  private int middleRow(int row) {
    int middle = row - 1;
    return middle >= 0 && middle < textRows() ? middle : -1;
  }
}

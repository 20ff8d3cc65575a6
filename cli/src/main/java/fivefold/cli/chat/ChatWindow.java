package fivefold.cli.chat;

import fivefold.cli.FailureException;
import fivefold.cli.screen.Event;
import fivefold.cli.screen.EventQueue;
import fivefold.cli.screen.Frame;
import fivefold.cli.screen.KeyCode;
import fivefold.cli.screen.LineEditor;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** What each event does: the handlers of the chat's window. */
final class ChatWindow implements Link.Listener {
  /** The server's limit of a line. */
  private static final int LIMIT_LINE_BYTES = 4096;

  private static final int WHEEL_ROWS = 3;

  private final ChatSettings settings;
  private final EventQueue events;
  private final IntConsumer end;
  private final Link link;
  private final LineEditor editor = new LineEditor(LIMIT_LINE_BYTES);
  private final ServerLineReader reader = new ServerLineReader();
  private final ChatModel model;
  private final Entrance entrance;
  private Layout layout = new Layout(80, 24);
  private String state = "connecting";
  private String lastRefusal = "";
  private boolean isConnected;
  private boolean wasIn;
  private boolean leaving;
  private boolean repaint;

  ChatWindow(
      ChatSettings settings,
      EventQueue events,
      BiConsumer<Long, Runnable> timer,
      Function<Link.Listener, Link> link,
      IntConsumer end) {
    this.settings = settings;
    this.events = events;
    this.end = end;
    this.link = link.apply(this);
    this.model = new ChatModel(this::send);
    this.entrance = new Entrance(settings.password(), timer, this::send, this::in);
    events.onKey(this::onKey);
    events.onPaste(paste -> editor.insert(paste.text()));
    events.onClick(this::onClick);
    events.onWheel(wheel -> model.current().scrollback.scroll(WHEEL_ROWS * wheel.steps()));
    events.onResize(size -> layout = new Layout(size.columns(), size.rows()));
    events.onLine(this::onLine);
    events.onDown(this::onDown);
  }

  void start() {
    link.open();
  }

  Frame picture() {
    return ChatPicture.of(
        model, layout, editor, settings.server() + " " + state, entrance.wantsPassword());
  }

  /** Whether the screen is to be painted anew, whatever is thought to be on it. */
  boolean takeRepaint() {
    boolean wanted = repaint;
    repaint = false;
    return wanted;
  }

  // ---- what the user does

  private void onKey(Event.Key key) {
    if (key.code() == KeyCode.CHARACTER && key.ctrl() && command(key.codePoint())) {
      return;
    }
    if (key.code() == KeyCode.CHARACTER && key.alt()) {
      enterRoom(key.codePoint() - '1');
      return;
    }
    switch (key.code()) {
      case ENTER -> say();
      case PAGE_UP -> model.current().scrollback.page(-1);
      case PAGE_DOWN -> model.current().scrollback.page(1);
      case ESCAPE -> model.current().scrollback.toEnd();
      case TAB -> complete();
      case END -> {
        if (editor.isEmpty()) {
          model.current().scrollback.toEnd();
        }
        editor.press(key);
      }
      default -> editor.press(key);
    }
  }

  private boolean command(int letter) {
    switch (letter) {
      case 'c' -> {
        if (editor.isEmpty()) {
          end.accept(0);
        }
        editor.set("");
      }
      case 'd' -> {
        if (!editor.isEmpty()) {
          return false;
        }
        leave();
      }
      case 'l' -> repaint = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  private void leave() {
    leaving = true;
    if (link.isUp()) {
      link.end();
    } else {
      end.accept(0);
    }
  }

  private void onClick(Event.Click click) {
    int text = layout.textRowAt(click.column(), click.row());
    int side = layout.sideRowAt(click.column(), click.row());
    if (click.row() == layout.statusRow()) {
      model.current().scrollback.toEnd();
    } else if (text >= 0) {
      List<Scrollback.Row> rows = model.current().scrollback.visible();
      int index = text - (layout.textRows() - rows.size());
      address(index >= 0 ? rows.get(index).entry().author() : "");
    } else if (side >= 0) {
      List<Side.Row> rows = Side.rows(model, layout.textRows());
      if (side < rows.size()) {
        address(rows.get(side).name());
        enterRoom(rows.get(side).room());
      }
    }
  }

  /** Begins a private message. */
  private void address(String name) {
    if (!name.isEmpty()) {
      editor.set("/msg " + name + " ");
    }
  }

  private void enterRoom(int number) {
    List<RoomView> rooms = model.rooms();
    if (number >= 0 && number < rooms.size()) {
      enterRoom(rooms.get(number).name);
    }
  }

  /** The server answers with "you are in", and the room is shown then: it is where one speaks. */
  private void enterRoom(String name) {
    if (!name.isEmpty() && !name.equals(model.current().name)) {
      send("/join " + name);
    }
  }

  private void complete() {
    String line = editor.text();
    String word = line.substring(line.lastIndexOf(' ') + 1);
    List<String> names = word.isEmpty() ? List.of() : model.namesFrom(word);
    if (names.size() == 1) {
      editor.insert(names.getFirst().substring(word.length()) + " ");
    }
  }

  private void say() {
    if (editor.text().isBlank()) {
      return;
    }
    if (!link.isUp()) {
      model.tell("not sent: there is no connection");
      return;
    }
    String line = entrance.wantsPassword() ? editor.takeSecret() : editor.take();
    leaving |= line.strip().equals("quit") || line.strip().equals("/quit");
    model.current().scrollback.toEnd();
    send(line);
  }

  private void send(String line) {
    if (!link.send(line)) {
      model.tell("not sent: the server does not read, or there is no connection");
    }
  }

  // ---- what the network does

  @Override
  public void up(boolean again) {
    isConnected = true;
    state = "connected";
    reader.reset();
    if (again) {
      model.tell("connected again");
    }
    entrance.up();
    events.wake();
  }

  private void in() {
    if (wasIn) {
      model.comeBack();
    } else {
      wasIn = true;
      settings.greeting().forEach(this::send);
      model.greet();
    }
    events.wake();
  }

  @Override
  public void line(String line) {
    events.post(new Event.Line(line));
  }

  private void onLine(Event.Line line) {
    reader
        .take(PlainLine.of(line.text()))
        .ifPresent(meaning -> {
          lastRefusal = meaning instanceof ServerLine.Refusal refused ? refused.text() : "";
          if (!entrance.settles(meaning)) {
            model.take(meaning);
          }
        });
  }

  @Override
  public void down(String why) {
    // In its turn behind the lines that came before.
    events.post(new Event.Down(why));
  }

  private void onDown(Event.Down down) {
    if (leaving) {
      end.accept(0);
    } else if (!link.wasUp()) {
      throw new FailureException(settings.explain().apply(down.why()));
    } else if (!lastRefusal.isEmpty()) {
      throw new FailureException("the server has closed the connection: " + lastRefusal);
    } else {
      if (isConnected) {
        isConnected = false; // said once, however often it is tried
        model.tell("the connection is lost: " + down.why() + "; trying again");
      }
      state = "not connected, next try in " + link.openLater() + " s";
    }
  }
}

package guide;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.services.chat.Chat;
import fivefold.web.WebChat;
import fivefold.web.WebOptions;
import java.io.IOException;

/** A chat for people with a browser and people with nc. Close the server, then the chat. */
record Meeting(Chat chat) {
  Server start(int port, IoModel model) throws IOException {
    WebChat web = WebChat.of(chat, WebOptions.DEFAULT);
    return Server.tcp(port, web.withLines()).model(model).start();
  }
}

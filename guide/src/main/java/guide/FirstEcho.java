package guide;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import java.io.IOException;

class FirstEcho {
  static Server start(int port, IoModel model) throws IOException {
    return Server.tcp(port, () -> Connection::send).model(model).start();
  }

  public static void main(String[] args) throws Exception {
    try (Server server = start(7007, IoModel.parse(args[0]))) {
      System.out.println(server.address() + ", " + server.model());
      server.awaitClose();
    }
  }
}

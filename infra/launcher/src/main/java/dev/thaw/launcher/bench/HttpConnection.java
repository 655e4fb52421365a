package dev.thaw.launcher.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection to a server on loopback that sends prepared requests: so
 * little work for each of them that the generator does not take the server's processors. Not
 * thread-safe.
 */
final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final String LENGTH = "\r\ncontent-length: ";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[64 * 1024];

  HttpConnection(URI server) throws IOException {
    InetAddress address = InetAddress.getByName(server.getHost());
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException("only servers on loopback are measured, was " + server);
    }
    socket = new Socket(address, server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** A POST as it goes over the wire. */
  static byte[] post(String path, String type, byte[] body) {
    byte[] head =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  /** A JSON body for a path. */
  static byte[] postJson(String path, String body) {
    return post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  /** Status and body. */
  record Response(int status, String body) {}

  /**
   * Sends and waits for the answer.
   *
   * @throws IOException if the connection broke or the answer names no length
   */
  Response send(byte[] request) throws IOException {
    out.write(request);
    int read = 0;
    int headEnd = -1;
    while (headEnd < 0) {
      read = more(read);
      headEnd = endOfHead(read);
    }
    String head = new String(buffer, 0, headEnd, StandardCharsets.US_ASCII);
    int end = headEnd + 4 + length(head);
    while (read < end) {
      read = more(read);
    }
    int status = Integer.parseInt(head.substring(9, 12));
    return new Response(
        status, new String(buffer, headEnd + 4, end - headEnd - 4, StandardCharsets.UTF_8));
  }

  private int more(int read) throws IOException {
    if (read == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * read);
    }
    int n = in.read(buffer, read, buffer.length - read);
    if (n < 0) {
      throw new IOException("the server closed the connection");
    }
    return read + n;
  }

  private int endOfHead(int read) {
    for (int i = 3; i < read; i++) {
      if (buffer[i] == '\n'
          && buffer[i - 1] == '\r'
          && buffer[i - 2] == '\n'
          && buffer[i - 3] == '\r') {
        return i - 3;
      }
    }
    return -1;
  }

  private static int length(String head) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("an answer without content-length: " + head);
    }
    int from = at + LENGTH.length();
    int to = lower.indexOf('\r', from);
    return Integer.parseInt(lower.substring(from, to < 0 ? lower.length() : to).trim());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.thaw.flinkjobs.encodeitems;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.models.images.ImagePreprocessing;
import dev.thaw.models.images.ImageSource;
import dev.thaw.models.images.UnreadableImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpImagesTest {
  private static final int MAX_BYTES = 20_000;

  @TempDir Path folder;
  private Path root;
  private HttpServer server;
  private String address;
  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(folder.resolve("images"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    address = "127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/good.png", exchange -> answer(exchange, 200, image("png"), true));
    server.createContext("/large", exchange -> answer(exchange, 200, new byte[50_000], false));
    server.createContext("/gone.png", exchange -> answer(exchange, 404, image("png"), true));
    server.createContext("/fault.png", exchange -> answer(exchange, 503, new byte[0], true));
    server.createContext("/busy.png", exchange -> answer(exchange, 429, new byte[0], true));
    server.createContext("/slow.png", this::neverEnds);
    server.createContext(
        "/moved.png",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/good.png");
          answer(exchange, 302, new byte[0], true);
        });
    server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());
    server.start();
  }

  @AfterEach
  void close() {
    released.countDown();
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body, boolean sized)
      throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : sized ? body.length : 0);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Headers and the first bytes come, the rest does not. */
  private void neverEnds(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1_000);
    exchange.getResponseBody().write(new byte[10]);
    exchange.getResponseBody().flush();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static byte[] image(String format) {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 1_200; i++) {
      image.setRGB(i % 40, i / 40, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      assertThat(ImageIO.write(image, format, out)).isTrue();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private float[] read(String reference) throws UnreadableImageException {
    return new ImageSource(limits(), new HttpImages()).read(reference, ImagePreprocessing.CLIP);
  }

  private EncoderConfig.Image limits() {
    return new EncoderConfig.Image(
        "model",
        1,
        root.toString(),
        List.of(address),
        MAX_BYTES,
        2_000,
        Duration.ofSeconds(2),
        EncoderConfig.HostBreaker.DEFAULT);
  }

  private void assertRefused(String reference, String reason) {
    assertThatThrownBy(() -> read(reference))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageStartingWith("image " + reference + ' ')
        .hasMessageContaining(reason);
  }

  private void file(String name, byte[] bytes) throws IOException {
    Files.write(root.resolve(name), bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void filesBelowTheRootAreRead(String format) throws Exception {
    file("a." + format, image(format));
    assertThat(read("a." + format)).hasSize(3 * 224 * 224);
    assertThat(read("a." + format + "#2")).isEqualTo(read("a." + format));
  }

  @Test
  void noReferenceLeavesTheRoot() throws IOException {
    Path outside = Files.write(folder.resolve("secret.png"), image("png"));
    Files.createSymbolicLink(root.resolve("link.png"), outside);
    assertRefused("../secret.png", "must lie below");
    assertRefused(outside.toString(), "must lie below");
    assertRefused("link.png", "must lie below");
    assertRefused("../nothing.png", "must lie below");
    assertRefused("nowhere/../../nothing.png", "must lie below");
    assertRefused(folder.resolve("nothing.png").toString(), "must lie below");
    assertRefused("file:///etc/hostname", "is not there");
    assertRefused("nothing.png", "is not there");
    assertRefused(".", "must be a file");
    assertRefused("a\0b", "can't be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void aFileThatIsCutOffIsRefused(String format) throws IOException {
    byte[] whole = image(format);
    file("cut", Arrays.copyOf(whole, whole.length * 2 / 3));
    assertThatThrownBy(() -> read("cut"))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageStartingWith("image cut ");
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsDecoded() throws IOException {
    file("many-bytes.png", new byte[MAX_BYTES + 1]);
    assertRefused("many-bytes.png", "must have at most 20000 bytes");
    file("bomb.png", header(50_000, 40_000));
    assertRefused("bomb.png", "must have at most 2000 pixels, has 50000 x 40000");
    file("strip.png", header(1, 1_500));
    assertRefused("strip.png", "must be at most 100 times as long as wide");
  }

  /** Some hundred bytes, each few of which cost a pass over all pixels. */
  @Test
  void aJpegOfManyScansIsRefusedBeforeItIsDecoded() throws Exception {
    ByteArrayOutputStream progressive = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(progressive)) {
      writer.setOutput(out);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(image("png")));
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    byte[] jpeg = progressive.toByteArray();
    file("progressive.jpg", jpeg);
    assertThat(read("progressive.jpg")).hasSize(3 * 224 * 224);
    int lastScan = new String(jpeg, ISO_8859_1).lastIndexOf("\u00ff\u00da");
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(jpeg, 0, lastScan);
    for (int scan = 0; scan < 120; scan++) {
      many.write(jpeg, lastScan, 20);
    }
    many.write(jpeg, lastScan, jpeg.length - lastScan);
    file("scans.jpg", many.toByteArray());
    assertRefused("scans.jpg", "must have at most 20 scans of its pixels, has 13");
    ByteArrayOutputStream followed = new ByteArrayOutputStream();
    followed.write(jpeg);
    for (int pair = 0; pair < 120; pair++) {
      followed.write(jpeg, lastScan, 2);
    }
    file("followed.jpg", followed.toByteArray());
    assertThat(read("followed.jpg"))
        .as("what stands behind the image is none of its scans")
        .isEqualTo(read("progressive.jpg"));
  }

  @Test
  void aServerThatIsAtFaultIsToldFromAnImageThatIsNotThere() {
    assertThat(failure("/fault.png").isServerFailed()).isTrue();
    assertThat(failure("/busy.png").isServerFailed()).isTrue();
    assertThat(failure("/gone.png").isServerFailed()).isFalse();
    assertThat(failure("/large").isServerFailed()).isFalse();
    server.stop(0);
    assertThat(failure("/good.png").isServerFailed()).isTrue();
  }

  private UnreadableImageException failure(String path) {
    return catchThrowableOfType(
        UnreadableImageException.class,
        () -> new HttpImages().fetch(URI.create("http://" + address + path), limits()));
  }

  /** A PNG that is nothing but its header. */
  private static byte[] header(int width, int height) {
    ByteBuffer chunk = ByteBuffer.allocate(17).put("IHDR".getBytes(US_ASCII));
    chunk.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    CRC32 sum = new CRC32();
    sum.update(chunk.array());
    ByteBuffer png = ByteBuffer.allocate(33).putLong(0x89504e470d0a1a0aL).putInt(13);
    return png.put(chunk.array()).putInt((int) sum.getValue()).array();
  }

  @Test
  void anotherFormatIsNamed() throws IOException {
    file("words.png", "no image".getBytes(US_ASCII));
    assertRefused("words.png", "format must be one of [jpeg, png, gif, bmp, webp], was unknown");
    file("a.tif", image("tif"));
    assertRefused("a.tif", "was tif");
  }

  @Test
  void urlsOfNamedHostsAreFetched() throws Exception {
    assertThat(read("http://" + address + "/good.png")).hasSize(3 * 224 * 224);
    assertThat(read("HTTP://" + address.toUpperCase(Locale.ROOT) + "/good.png#2")).isNotEmpty();
  }

  @Test
  void urlsThatAreNotAnsweredAsTheyShouldAreRefused() {
    assertRefused("http://127.0.0.2/a.png", "must be of a host of encoder.image.hosts");
    assertRefused("http://" + address + "@127.0.0.2/a.png", "must be of a host");
    assertRefused("http:///a.png", "must be of a host");
    assertRefused("http://" + address + "/a b.png", "is no URL");
    assertRefused("http://" + address + "/gone.png", "status 200, was 404");
    assertRefused("http://" + address + "/moved.png", "status 200, was 302");
    assertRefused("http://" + address + "/large", "must have at most 20000 bytes");
    assertRefused("http://" + address + "/slow.png", "took longer than PT2S");
  }

  @Test
  void aServerThatIsAwayIsSaid() {
    server.stop(0);
    assertRefused("http://" + address + "/good.png", "can't be fetched");
  }
}

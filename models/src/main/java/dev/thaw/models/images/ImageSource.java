package dev.thaw.models.images;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where images of catalogue items lie. A catalogue is written by others, so that a reference leads
 * to no file outside the root (links are followed before that is asked) and to no server that is
 * not named; redirects are refused. Thread-safe.
 */
public final class ImageSource {
  private final EncoderConfig.Image limits;
  private final HttpClient http;

  /**
   * @param limits where images may come from, and what one may cost
   */
  public ImageSource(EncoderConfig.Image limits) {
    this.limits = limits;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(limits.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * What a model is shown of an image: 3 x height x width.
   *
   * @param reference {@code http[s]} URL or path below the root; what follows a {@code #} is part
   *     of the reference and not of the place
   * @throws UnreadableImageException saying why there is none; waits no longer than the timeout
   */
  public float[] read(String reference, ImagePreprocessing preprocessing)
      throws UnreadableImageException {
    try {
      byte[] bytes =
          reference.regionMatches(true, 0, "http://", 0, 7)
                  || reference.regionMatches(true, 0, "https://", 0, 8)
              ? fetch(reference)
              : load(reference);
      return preprocessing.of(ImageDecoder.decode(bytes, limits.maxPixels()));
    } catch (UnreadableImageException e) {
      throw new UnreadableImageException("image " + reference + ' ' + e.getMessage(), e);
    }
  }

  private byte[] load(String reference) throws UnreadableImageException {
    if (limits.root().isEmpty()) {
      throw new UnreadableImageException("is a file, and encoder.image.root is not set");
    }
    int fragment = reference.indexOf('#');
    String name = fragment < 0 ? reference : reference.substring(0, fragment);
    try {
      Path root = Path.of(limits.root()).toAbsolutePath().normalize();
      Path named = root.resolve(name).normalize();
      // before the file is looked for: the answer must not tell what is there outside
      if (!named.startsWith(root)) {
        throw outside();
      }
      Path file = named.toRealPath();
      if (!file.startsWith(root.toRealPath())) {
        throw outside();
      }
      if (!Files.isRegularFile(file)) {
        throw new UnreadableImageException("must be a file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return bounded(in);
      }
    } catch (NoSuchFileException e) {
      throw new UnreadableImageException("is not there", e);
    } catch (IOException | InvalidPathException e) {
      throw new UnreadableImageException("can't be read: " + e, e);
    }
  }

  private UnreadableImageException outside() {
    return new UnreadableImageException("must lie below " + limits.root());
  }

  private byte[] fetch(String reference) throws UnreadableImageException {
    HttpRequest request;
    try {
      URI uri = URI.create(reference);
      String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
      String named = uri.getPort() < 0 ? host : host + ':' + uri.getPort();
      if (uri.getUserInfo() != null || !limits.hosts().contains(named)) {
        throw new UnreadableImageException(
            "must be of a host of encoder.image.hosts " + limits.hosts() + ", was of " + named);
      }
      request = HttpRequest.newBuilder(uri).timeout(limits.timeout()).build();
    } catch (IllegalArgumentException e) {
      throw new UnreadableImageException("is no URL: " + e.getMessage(), e);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new BoundedBody(info.statusCode(), limits.maxBytes()));
    try {
      // the request's own timeout ends with the headers
      return answer.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS).body();
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new UnreadableImageException("took longer than " + limits.timeout(), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause.getCause() instanceof UnreadableImageException unreadable
          ? unreadable
          : new UnreadableImageException("can't be fetched: " + cause, cause);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnreadableImageException("was not fetched: interrupted", e);
    }
  }

  private byte[] bounded(InputStream in) throws IOException, UnreadableImageException {
    byte[] bytes = in.readNBytes(limits.maxBytes() + 1);
    if (bytes.length > limits.maxBytes()) {
      throw tooLarge(limits.maxBytes());
    }
    return bytes;
  }

  static UnreadableImageException tooLarge(int maxBytes) {
    return new UnreadableImageException("must have at most " + maxBytes + " bytes, has more");
  }
}

package dev.thaw.models.images;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where images of catalogue items lie. A catalogue is written by others, so that a reference leads
 * to no file outside the root (links are followed before that is asked) and to no server that is
 * not named; redirects are refused. Thread-safe.
 */
public final class ImageSource {
  private final EncoderConfig.Image limits;
  private final ImageFetcher servers;

  /**
   * @param limits where images may come from, and what one may cost
   */
  public ImageSource(EncoderConfig.Image limits, ImageFetcher servers) {
    this.limits = limits;
    this.servers = servers;
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
    URI uri;
    try {
      uri = URI.create(reference);
    } catch (IllegalArgumentException e) {
      throw new UnreadableImageException("is no URL: " + e.getMessage(), e);
    }
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    String named = uri.getPort() < 0 ? host : host + ':' + uri.getPort();
    if (uri.getUserInfo() != null || !limits.hosts().contains(named)) {
      throw new UnreadableImageException(
          "must be of a host of encoder.image.hosts " + limits.hosts() + ", was of " + named);
    }
    return servers.fetch(uri, limits);
  }

  private byte[] bounded(InputStream in) throws IOException, UnreadableImageException {
    byte[] bytes = in.readNBytes(limits.maxBytes() + 1);
    if (bytes.length > limits.maxBytes()) {
      throw UnreadableImageException.tooLarge(limits.maxBytes());
    }
    return bytes;
  }
}

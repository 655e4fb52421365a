package dev.thaw.models.images;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import java.net.URI;

/** Gets images from servers, which is no work of models. Thread-safe. */
@FunctionalInterface
public interface ImageFetcher {
  /**
   * The bytes of an answer with status 200.
   *
   * @param uri of a host that the limits name
   * @param limits of bytes and time
   * @throws UnreadableImageException saying why there are none, and whether the server is to blame;
   *     redirects are refused
   */
  byte[] fetch(URI uri, EncoderConfig.Image limits) throws UnreadableImageException;
}

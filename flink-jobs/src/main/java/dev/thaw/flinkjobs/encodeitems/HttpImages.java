package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.models.images.ImageFetcher;
import dev.thaw.models.images.UnreadableImageException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Images over HTTP. Follows no redirect, since that would lead to a host nobody named. */
public final class HttpImages implements ImageFetcher {
  /** One for all encoders of a process, with its threads, made when the first image is fetched. */
  private static final class Client {
    static final HttpClient HTTP =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  }

  @Override
  public byte[] fetch(URI uri, EncoderConfig.Image limits) throws UnreadableImageException {
    HttpRequest request;
    try {
      request = HttpRequest.newBuilder(uri).timeout(limits.timeout()).build();
    } catch (IllegalArgumentException e) {
      throw new UnreadableImageException("is no URL: " + e.getMessage(), e);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        Client.HTTP.sendAsync(
            request, info -> new BoundedBody(info.statusCode(), limits.maxBytes()));
    try {
      // the request's own timeout ends with the headers
      return answer.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS).body();
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw UnreadableImageException.serverFailed("took longer than " + limits.timeout(), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause.getCause() instanceof UnreadableImageException unreadable
          ? unreadable
          : UnreadableImageException.serverFailed("can't be fetched: " + cause, cause);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnreadableImageException("was not fetched: interrupted", e);
    }
  }
}

package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.models.images.UnreadableImageException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer with status 200; the connection is given up as soon as there are too many.
 */
final class BoundedBody implements BodySubscriber<byte[]> {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_FAULT = 500;

  private final int status;
  private final int maxBytes;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final List<byte[]> parts = new ArrayList<>();
  private int length;
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int status, int maxBytes) {
    this.status = status;
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (status == 200) {
      given.request(Long.MAX_VALUE);
    } else {
      refuse(status());
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone()) {
        return;
      }
      if (length + buffer.remaining() > maxBytes) {
        refuse(UnreadableImageException.tooLarge(maxBytes));
        return;
      }
      byte[] part = new byte[buffer.remaining()];
      buffer.get(part);
      parts.add(part);
      length += part.length;
    }
  }

  private UnreadableImageException status() {
    String message = "must be answered with status 200, was " + status;
    return status >= SERVER_FAULT || status == TOO_MANY_REQUESTS
        ? UnreadableImageException.serverFailed(message, null)
        : new UnreadableImageException(message);
  }

  private void refuse(UnreadableImageException why) {
    if (subscription != null) {
      subscription.cancel();
    }
    body.completeExceptionally(new IOException(why));
  }

  @Override
  public void onError(Throwable fault) {
    body.completeExceptionally(fault);
  }

  @Override
  public void onComplete() {
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    body.complete(all);
  }
}

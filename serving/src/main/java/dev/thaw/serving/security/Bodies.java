package dev.thaw.serving.security;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.thaw.featuredefinitions.config.Role;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Bounds what bodies of requests take of the memory. All posts of records that are under way share
 * a budget: each from its first byte, or with the length that it announces, to its answer. Other
 * requests may only have small ones. To decorate services themselves: else bodies are read before.
 */
public final class Bodies extends SimpleDecoratingHttpService {
  private final long readBytes;
  private final ByteBudget budget;

  private Bodies(HttpService service, long readBytes, ByteBudget budget) {
    super(service);
    this.readBytes = readBytes;
    this.budget = budget;
  }

  /**
   * With one budget for all services.
   *
   * @param readBytes of a body that is no post of records
   * @param heldBytes of all posts of records under way; one that finds no room fails with {@link
   *     RejectedExecutionException}
   */
  public static Function<HttpService, HttpService> of(long readBytes, long heldBytes) {
    ByteBudget budget = new ByteBudget(heldBytes);
    return service -> new Bodies(service, readBytes, budget);
  }

  /** Requests are seen with their headers, not when all of the body is there. */
  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return ExchangeType.BIDI_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    if (MethodRoles.needed(context.method(), context.config().route()) != Role.WRITE) {
      context.setMaxRequestLength(readBytes);
      return unwrap().serve(context, request);
    }
    ByteBudget.Share share = budget.share();
    var unused = context.log().whenComplete().thenRun(share::giveBack);
    requireRoom(share.reserve(request.headers().contentLength()));
    return unwrap().serve(context, request.mapData(data -> arrived(share, data)));
  }

  private static HttpData arrived(ByteBudget.Share share, HttpData data) {
    requireRoom(share.arrive(data.length()));
    return data;
  }

  private static void requireRoom(boolean isRoom) {
    if (!isRoom) {
      throw new RejectedExecutionException("no room for another body");
    }
  }
}

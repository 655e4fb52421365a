package dev.thaw.serving.security;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.thaw.featuredefinitions.config.ApiKey;
import dev.thaw.featuredefinitions.config.Role;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Lets a request pass whose caller is known, may ask for this and has not asked too often. Refused
 * ones are answered before their body is read.
 */
public final class Guard extends SimpleDecoratingHttpService {
  private static final String ADDRESS = "address";

  private final SecurityConfig config;
  private final Keys keys;
  private final RateLimits limits;
  private final MeterRegistry metrics;

  private Guard(
      HttpService service,
      SecurityConfig config,
      Keys keys,
      RateLimits limits,
      MeterRegistry metrics) {
    super(service);
    this.config = config;
    this.keys = keys;
    this.limits = limits;
    this.metrics = metrics;
  }

  /**
   * One for all services of a server.
   *
   * @param nanoTime monotonic, by which callers may ask again
   */
  public static Function<HttpService, HttpService> of(
      SecurityConfig config, LongSupplier nanoTime, MeterRegistry metrics) {
    Keys keys = new Keys(config.keys());
    RateLimits limits = new RateLimits(config.rate(), nanoTime);
    return service -> new Guard(service, config, keys, limits, metrics);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    Route route = context.config().route();
    if (MethodRoles.isOpen(route)) {
      return unwrap().serve(context, request);
    }
    Optional<ApiKey> holder = keys.holder(request.headers());
    Duration wait = wait(context, holder);
    if (!wait.isZero()) {
      count(holder);
      return Refusals.tooOften(request, wait);
    }
    if (!config.isOpen()) {
      if (holder.isEmpty()) {
        return Refusals.unknownCaller(request);
      }
      Role needed = MethodRoles.needed(context.method(), route);
      if (!holder.get().role().covers(needed)) {
        return Refusals.notAllowed(request, holder.get(), needed);
      }
    }
    return unwrap().serve(context, request);
  }

  /** Who tries keys is counted by his address. */
  private Duration wait(ServiceRequestContext context, Optional<ApiKey> holder) {
    return limits.take(
        holder
            .map(key -> "key " + key.name())
            .orElseGet(
                () -> ADDRESS + " " + RateLimits.caller(context.remoteAddress().getAddress())));
  }

  private void count(Optional<ApiKey> holder) {
    metrics
        .counter("thaw.rate.limited", "caller", holder.map(ApiKey::name).orElse(ADDRESS))
        .increment();
  }
}

package dev.thaw.serving.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.annotation.Default;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Description;
import com.linecorp.armeria.server.annotation.ExceptionHandler;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.concurrent.CompletableFuture;

/**
 * The HTTP face of {@link ServingMethods} but for posts of records; bodies and answers are
 * described in openapi.json.
 */
@ExceptionHandler(FaultHandler.class)
public final class HttpApi {
  private final ServingMethods methods;
  private final Limits limits;
  private final RequestReader requests;

  public HttpApi(ServingMethods methods, Limits limits) {
    this.methods = methods;
    this.limits = limits;
    this.requests = new RequestReader(limits);
  }

  @Post("/v1/recommendations")
  @Description("Recommends items of a domain to a user or an anonymous session.")
  public CompletableFuture<HttpResponse> recommend(AggregatedHttpRequest request) {
    return methods
        .recommend(requests.read(body(request)))
        .thenApply(answer -> ok(AnswerWriter.recommendation(answer)));
  }

  @Get("/v1/items/{id}/similar")
  @Description("Items whose content is like that of an item.")
  public CompletableFuture<HttpResponse> similar(
      @Param("id") String id, @Param("k") @Default("10") String k) {
    return methods
        .similar(CallerTexts.id("id", id, ItemId::of), whole("k", k))
        .thenApply(answer -> ok(AnswerWriter.similar(answer)));
  }

  @Get("/v1/onboarding")
  @Description("Items to ask a new user about.")
  public CompletableFuture<HttpResponse> onboarding(
      @Param("domain") @Default("") String domain, @Param("k") @Default("10") String k) {
    return methods
        .onboarding(CallerTexts.id("domain", domain, DomainId::of), whole("k", k))
        .thenApply(answer -> ok(AnswerWriter.questions(answer)));
  }

  @Get("/v1/users/{id}")
  @Description("What is known of a user and which route that gives in each domain.")
  public CompletableFuture<HttpResponse> user(@Param("id") String id) {
    return methods
        .user(CallerTexts.id("id", id, UserId::of))
        .thenApply(answer -> ok(AnswerWriter.user(answer)));
  }

  @Delete("/v1/users/{id}")
  @Description("Removes a user from all stores.")
  public CompletableFuture<HttpResponse> deleteUser(@Param("id") String id) {
    return methods
        .deleteUser(CallerTexts.id("id", id, UserId::of))
        .thenApply(done -> HttpResponse.of(HttpStatus.NO_CONTENT));
  }

  @Delete("/v1/items/{id}")
  @Description("Removes an item from all stores.")
  public CompletableFuture<HttpResponse> deleteItem(@Param("id") String id) {
    return methods
        .deleteItem(CallerTexts.id("id", id, ItemId::of))
        .thenApply(done -> HttpResponse.of(HttpStatus.NO_CONTENT));
  }

  /** The bytes of a body that must not be empty. */
  static byte[] body(AggregatedHttpRequest request) {
    byte[] body = Utf8Json.withoutMark(request.content().array());
    if (body.length == 0) {
      throw CallerFault.malformed("the body is empty");
    }
    return body;
  }

  private static HttpResponse ok(byte[] json) {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON, json);
  }

  private int whole(String field, String text) {
    String bound = "a whole number in [1, " + limits.maxK() + "]";
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw CallerFault.of(field, text, bound);
    }
    if (value < 1 || value > limits.maxK()) {
      throw CallerFault.of(field, text, bound);
    }
    return value;
  }
}

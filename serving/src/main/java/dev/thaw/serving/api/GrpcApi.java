package dev.thaw.serving.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.v1.DeleteItemRequest;
import dev.thaw.serving.v1.DeleteResponse;
import dev.thaw.serving.v1.DeleteUserRequest;
import dev.thaw.serving.v1.GetUserRequest;
import dev.thaw.serving.v1.GetUserResponse;
import dev.thaw.serving.v1.IngestResponse;
import dev.thaw.serving.v1.OnboardingRequest;
import dev.thaw.serving.v1.OnboardingResponse;
import dev.thaw.serving.v1.PostEventsRequest;
import dev.thaw.serving.v1.PostItemsRequest;
import dev.thaw.serving.v1.PostUsersRequest;
import dev.thaw.serving.v1.RecommendRequest;
import dev.thaw.serving.v1.RecommendResponse;
import dev.thaw.serving.v1.SimilarRequest;
import dev.thaw.serving.v1.SimilarResponse;
import dev.thaw.serving.v1.ThawServiceGrpc;
import dev.thaw.serving.v1.User;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The gRPC face of {@link ServingMethods}. Requests become the JSON of the HTTP interface and go
 * through the same readers, so that both refuse the same things with the same words.
 */
public final class GrpcApi extends ThawServiceGrpc.ThawServiceImplBase {
  private static final int DEFAULT_K = 10;
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer()
          .preservingProtoFieldNames()
          .omittingInsignificantWhitespace()
          // a no is an answer, and else left out
          .includingDefaultValueFields(
              Set.of(
                  User.Answer.getDescriptor().findFieldByNumber(User.Answer.LIKED_FIELD_NUMBER)));

  private final ServingMethods methods;
  private final Limits limits;
  private final RequestReader requests;

  public GrpcApi(ServingMethods methods, Limits limits) {
    this.methods = methods;
    this.limits = limits;
    this.requests = new RequestReader(limits);
  }

  @Override
  public void recommend(RecommendRequest request, StreamObserver<RecommendResponse> out) {
    answer(
        out, () -> methods.recommend(requests.read(json(request))), ProtoAnswers::recommendation);
  }

  @Override
  public void postEvents(PostEventsRequest request, StreamObserver<IngestResponse> out) {
    answer(out, () -> methods.events(slices(request.getEventsList())), ProtoAnswers::report);
  }

  @Override
  public void postItems(PostItemsRequest request, StreamObserver<IngestResponse> out) {
    answer(out, () -> methods.items(slices(request.getItemsList())), ProtoAnswers::report);
  }

  @Override
  public void postUsers(PostUsersRequest request, StreamObserver<IngestResponse> out) {
    answer(out, () -> methods.users(slices(request.getUsersList())), ProtoAnswers::report);
  }

  @Override
  public void similar(SimilarRequest request, StreamObserver<SimilarResponse> out) {
    answer(
        out,
        () ->
            methods.similar(
                CallerTexts.id("item_id", request.getItemId(), ItemId::of),
                k(request.hasK(), request.getK())),
        ProtoAnswers::similar);
  }

  @Override
  public void onboarding(OnboardingRequest request, StreamObserver<OnboardingResponse> out) {
    answer(
        out,
        () ->
            methods.onboarding(
                CallerTexts.id("domain", request.getDomain(), DomainId::of),
                k(request.hasK(), request.getK())),
        ProtoAnswers::questions);
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> out) {
    answer(
        out,
        () -> methods.user(CallerTexts.id("user_id", request.getUserId(), UserId::of)),
        ProtoAnswers::user);
  }

  @Override
  public void deleteUser(DeleteUserRequest request, StreamObserver<DeleteResponse> out) {
    answer(
        out,
        () -> methods.deleteUser(CallerTexts.id("user_id", request.getUserId(), UserId::of)),
        done -> DeleteResponse.getDefaultInstance());
  }

  @Override
  public void deleteItem(DeleteItemRequest request, StreamObserver<DeleteResponse> out) {
    answer(
        out,
        () -> methods.deleteItem(CallerTexts.id("item_id", request.getItemId(), ItemId::of)),
        done -> DeleteResponse.getDefaultInstance());
  }

  private int k(boolean given, int k) {
    if (!given) {
      return DEFAULT_K;
    }
    if (k < 1 || k > limits.maxK()) {
      throw CallerFault.of("k", k, "a whole number in [1, " + limits.maxK() + "]");
    }
    return k;
  }

  private static byte[] json(MessageOrBuilder message) {
    try {
      return JSON.print(message).getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw CallerFault.malformed("unreadable message: " + e.getMessage());
    }
  }

  private List<RecordSlice> slices(List<? extends MessageOrBuilder> messages) {
    if (messages.size() > limits.records()) {
      throw CallerFault.of(
          "records", messages.size(), "at most " + limits.records() + " a request");
    }
    List<RecordSlice> slices = new ArrayList<>(messages.size());
    for (MessageOrBuilder each : messages) {
      slices.add(RecordSlice.of(json(each), slices.size() + 1));
    }
    return slices;
  }

  private static <A, M> void answer(
      StreamObserver<M> out, Supplier<CompletableFuture<A>> call, Function<A, M> toMessage) {
    CompletableFuture<A> future;
    try {
      future = call.get();
    } catch (CallerFault fault) {
      future = CompletableFuture.failedFuture(fault);
    }
    future
        .thenApply(toMessage)
        .whenComplete(
            (message, failure) -> {
              if (failure == null) {
                out.onNext(message);
                out.onCompleted();
              } else {
                out.onError(GrpcStatuses.of(failure).asRuntimeException());
              }
            });
  }
}

package dev.thaw.serving.api;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The calls that HTTP and gRPC share. Futures fail with {@link CallerFault} for what the caller did
 * wrong and with {@code LogFullException} where a write can't be promised.
 */
public interface ServingMethods {

  CompletableFuture<RecommendationAnswer> recommend(RecommendationRequest request);

  /** Events in wire form, one a slice. */
  CompletableFuture<IngestReport> events(List<RecordSlice> records);

  CompletableFuture<IngestReport> items(List<RecordSlice> records);

  CompletableFuture<IngestReport> users(List<RecordSlice> records);

  CompletableFuture<SimilarAnswer> similar(ItemId item, int k);

  CompletableFuture<OnboardingQuestions> onboarding(DomainId domain, int k);

  CompletableFuture<UserReport> user(UserId user);

  /** Removes what is known of the user everywhere; completes when the removal is durable. */
  CompletableFuture<Void> deleteUser(UserId user);

  CompletableFuture<Void> deleteItem(ItemId item);
}

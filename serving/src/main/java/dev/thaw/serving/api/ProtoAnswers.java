package dev.thaw.serving.api;

import dev.thaw.serving.v1.GetUserResponse;
import dev.thaw.serving.v1.IngestResponse;
import dev.thaw.serving.v1.OnboardingResponse;
import dev.thaw.serving.v1.RecommendResponse;
import dev.thaw.serving.v1.Route;
import dev.thaw.serving.v1.SimilarResponse;

/** Answers to messages of {@code thaw.v1}. */
final class ProtoAnswers {
  private ProtoAnswers() {}

  static RecommendResponse recommendation(RecommendationAnswer answer) {
    RecommendResponse.Builder out =
        RecommendResponse.newBuilder()
            .setRequestId(answer.requestId().value())
            .setRoute(route(answer.route()))
            .addAllDegraded(answer.degraded())
            .setModelVersion(answer.modelVersion());
    for (RecommendationAnswer.Item item : answer.items()) {
      out.addItems(
          RecommendResponse.Item.newBuilder()
              .setId(item.itemId().value())
              .setScore(item.score())
              .setSource(item.source())
              .setSlot(item.slot())
              .setPropensity(item.propensity())
              .setExplanation(item.explanation() == null ? "" : item.explanation().text()));
    }
    return out.build();
  }

  private static Route route(RecommendationAnswer.RouteTaken route) {
    return Route.newBuilder()
        .setStage(route.stage())
        .setMethod(route.method())
        .setReason(route.reason())
        .addAllFallbacks(route.fallbacks())
        .build();
  }

  static IngestResponse report(IngestReport report) {
    IngestResponse.Builder out =
        IngestResponse.newBuilder()
            .setAccepted(report.accepted())
            .setDuplicates(report.duplicates())
            .setRejected(report.rejected())
            .addAllDegraded(report.degraded());
    for (IngestReport.Rejection each : report.errors()) {
      IngestResponse.Rejection.Builder error =
          IngestResponse.Rejection.newBuilder().setLine(each.line()).setMessage(each.message());
      if (each.field() != null) {
        error.setField(each.field());
      }
      if (each.value() != null) {
        error.setValue(each.value());
      }
      if (each.bound() != null) {
        error.setBound(each.bound());
      }
      out.addErrors(error);
    }
    return out.build();
  }

  static SimilarResponse similar(SimilarAnswer answer) {
    SimilarResponse.Builder out =
        SimilarResponse.newBuilder()
            .setId(answer.itemId().value())
            .setSource(answer.source())
            .addAllDegraded(answer.degraded());
    for (SimilarAnswer.Similar each : answer.items()) {
      out.addItems(
          SimilarResponse.Similar.newBuilder()
              .setId(each.itemId().value())
              .setTitle(each.title())
              .setSimilarity(each.similarity()));
    }
    return out.build();
  }

  static OnboardingResponse questions(OnboardingQuestions questions) {
    OnboardingResponse.Builder out =
        OnboardingResponse.newBuilder().setDomain(questions.domain().value());
    for (OnboardingQuestions.Question each : questions.items()) {
      out.addItems(
          OnboardingResponse.Question.newBuilder()
              .setId(each.itemId().value())
              .setTitle(each.title())
              .addAllCategories(each.categories()));
    }
    return out.build();
  }

  static GetUserResponse user(UserReport user) {
    GetUserResponse.Builder out =
        GetUserResponse.newBuilder()
            .setUserId(user.user().value())
            .putAllAttributes(user.attributes())
            .putAllOnboarding(user.onboarding())
            .addAllOnboardingUnknown(user.onboardingUnknown())
            .addAllRecent(user.recent())
            .addAllDegraded(user.degraded());
    user.routes().forEach((domain, taken) -> out.putRoutes(domain, route(taken)));
    return out.build();
  }
}

package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer.Reply;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.api.RecommendationAnswer.RouteTaken;
import dev.thaw.serving.api.UserReport;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.pipeline.Recommendations.Knowledge;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What is known of a user, for people. */
public final class UserReports {
  private final Recommendations recommendations;

  public UserReports(Recommendations recommendations) {
    this.recommendations = recommendations;
  }

  public CompletableFuture<UserReport> of(UserId user) {
    Map<DomainCatalogue, CompletableFuture<Knowledge>> asked = new LinkedHashMap<>();
    for (DomainCatalogue each : recommendations.catalogue().domains()) {
      asked.put(each, recommendations.knowledge(user, each));
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              Map<DomainCatalogue, Knowledge> known = new LinkedHashMap<>();
              asked.forEach((domain, future) -> known.put(domain, future.join()));
              return report(user, known);
            });
  }

  private static UserReport report(UserId user, Map<DomainCatalogue, Knowledge> known) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Map<String, Boolean> onboarding = new LinkedHashMap<>();
    Set<String> unknown = new LinkedHashSet<>();
    Map<String, Object> features = new LinkedHashMap<>();
    Map<String, RouteTaken> routes = new LinkedHashMap<>();
    Set<String> recent = new LinkedHashSet<>();
    Set<String> degraded = new LinkedHashSet<>();
    known.forEach(
        (domain, each) -> {
          String name = domain.domain().value();
          attributes.putAll(each.state().attributes());
          each.rows().profile().ifPresent(profile -> addAnswers(profile, onboarding, unknown));
          Map<String, Object> views = new LinkedHashMap<>();
          put(views, "user_history", each.rows().history());
          put(views, "user_domain_activity", each.rows().activity());
          put(views, "user_factors", each.rows().factors());
          put(views, "user_mapped", each.rows().mapped());
          put(views, "user_adapted", each.rows().adapted());
          features.put(name, views);
          routes.put(
              name,
              Recommender.taken(
                  each.route(),
                  each.route().fallbacks().stream()
                      .map(step -> step.method().label() + ": " + step.reason())
                      .toList()));
          each.state().recent().forEach(item -> recent.add(item.value()));
          degraded.addAll(each.degraded());
        });
    return new UserReport(
        user,
        attributes,
        onboarding,
        List.copyOf(unknown),
        features,
        routes,
        List.copyOf(recent),
        List.copyOf(degraded));
  }

  private static void addAnswers(
      FeatureRow profile, Map<String, Boolean> onboarding, Set<String> unknown) {
    for (OnboardingAnswer each : UserReader.answers(profile)) {
      String item = each.domain() + "/" + each.itemId();
      if (each.reply() == Reply.UNKNOWN) {
        unknown.add(item);
      } else {
        onboarding.put(item, each.liked());
      }
    }
  }

  private static void put(Map<String, Object> views, String view, Optional<FeatureRow> row) {
    row.ifPresent(
        present -> {
          Map<String, Object> values = new LinkedHashMap<>();
          present.features().keySet().stream()
              .sorted()
              .forEach(name -> present.get(name).ifPresent(v -> values.put(name, shown(v))));
          values.put("event_time", present.eventTime().toString());
          views.put(view, values);
        });
  }

  /** Plain values; of vectors only their length. */
  private static Object shown(FeatureValue value) {
    if (value instanceof FeatureValue.Text t) {
      return t.value();
    } else if (value instanceof FeatureValue.Int64 n) {
      return n.value();
    } else if (value instanceof FeatureValue.Int32 n) {
      return n.value();
    } else if (value instanceof FeatureValue.Float64 d) {
      return d.value();
    } else if (value instanceof FeatureValue.Float32 d) {
      return d.value();
    } else if (value instanceof FeatureValue.Bool b) {
      return b.value();
    } else if (value instanceof FeatureValue.Texts t) {
      return t.values();
    } else if (value instanceof FeatureValue.Int64s n) {
      return Arrays.stream(n.toArray()).boxed().toList();
    } else if (value instanceof FeatureValue.Float64s d) {
      return Arrays.stream(d.toArray()).boxed().toList();
    } else if (value instanceof FeatureValue.Float32s f) {
      return "vector of " + f.toArray().length;
    }
    return value.toString();
  }
}

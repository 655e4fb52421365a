package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * New users who have liked ten items when they were asked, and done nothing yet: content decides.
 * They are posted to a server that runs already, and erased there when this is closed.
 */
final class Onboarded implements AutoCloseable {
  private static final int USERS = 100;
  private static final int LIKED = 10;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI server;
  private final List<UserProfile> profiles = new ArrayList<>();

  private Onboarded(URI server) {
    this.server = server;
  }

  /**
   * @param items that may be liked, of any domain
   * @throws IOException if the server does not take them all
   */
  static Onboarded post(
      URI server, DomainDefinitions domains, List<CatalogueItem> items, Instant now, long seed)
      throws IOException {
    Onboarded users = new Onboarded(server);
    Random random = new Random(seed);
    List<CatalogueItem> mixed = new ArrayList<>(items);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int user = 0; user < USERS; user++) {
      Collections.shuffle(mixed, random);
      List<OnboardingAnswer> answers =
          mixed.stream()
              .limit(LIKED)
              .map(item -> new OnboardingAnswer(item.domain(), item.itemId(), true))
              .toList();
      UserProfile profile =
          new UserProfile(UserId.of("bench-onboarded-" + user), Map.of(), answers, now);
      users.profiles.add(profile);
      lines.write(WireFormats.profiles(domains, WireLimits.DEFAULT).write(profile));
      lines.write('\n');
    }
    users.send(
        HttpRequest.newBuilder(server.resolve("/v1/users"))
            .header("content-type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(lines.toByteArray())));
    return users;
  }

  List<UserProfile> profiles() {
    return List.copyOf(profiles);
  }

  private void send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(
            answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + server + " was asked", e);
    }
  }

  /** Erases them. */
  @Override
  public void close() throws IOException {
    for (UserProfile each : profiles) {
      send(HttpRequest.newBuilder(server.resolve("/v1/users/" + each.userId())).DELETE());
    }
  }
}

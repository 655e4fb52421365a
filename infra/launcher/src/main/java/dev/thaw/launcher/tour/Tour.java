package dev.thaw.launcher.tour;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks through the cases, from nobody to a regular and from a described new item to a blank one,
 * over the API that every caller has, and ends with events that change an answer, and with what the
 * bandit learns of them.
 */
public final class Tour {
  private static final int SHOWN = 5;

  /** Nobody waits longer for a reward window to close. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ApiClient api;
  private final Cast cast;
  private final Newcomers newcomers;
  private final Narration tell;
  private final Duration rewardWindow;
  private int number;

  /**
   * @param clock what the server goes by
   * @param rewardWindow that the server's jobs go by
   */
  public Tour(
      ApiClient api, Cast cast, InstantSource clock, Duration rewardWindow, PrintWriter out) {
    this.api = api;
    this.cast = cast;
    this.tell = new Narration(out, cast);
    this.newcomers = new Newcomers(api, cast, clock);
    this.rewardWindow = rewardWindow;
  }

  /**
   * @throws IllegalStateException if the server refuses one of the calls
   */
  public void walk() {
    DomainId domain = cast.domains().get(0);
    heading("A brand-new user");
    UserId stranger = newcomers.stranger();
    ask(stranger, domain);

    heading("A user who has only answered onboarding questions");
    ask(newcomers.onboarded(domain), domain);

    elsewhere();

    heading("A user with two interactions");
    ask(cast.userWith(domain, 2).orElseGet(() -> newcomers.after(domain, 2)), domain);

    heading("A user with five interactions");
    ask(cast.userWith(domain, 5).orElseGet(() -> newcomers.after(domain, 5)), domain);

    heading("A warm user");
    Optional<UserId> warm = cast.warmUser(domain);
    warm.ifPresentOrElse(u -> ask(u, domain), () -> tell.line("nobody in the data is warm"));

    described(domain);
    CatalogueItem blank = blank(domain);
    change(stranger, domain);

    heading("The bandit learns: clicks move posteriors, and these move slots");
    if (rewardWindow.compareTo(PATIENCE) > 0) {
      tell.line(
          "takes longer here than a tour: a reward may come %d min after its impression, and none"
                  .formatted(rewardWindow.toMinutes())
              + " settles earlier");
    } else {
      new Learning(api, newcomers, tell, rewardWindow).of(blank, domain);
    }
  }

  private void elsewhere() {
    heading("A user who is warm in another domain only");
    List<DomainId> domains = cast.domains();
    for (DomainId target : domains) {
      for (DomainId known : domains) {
        Optional<UserId> user =
            known.equals(target) ? Optional.empty() : cast.warmElsewhere(known, target);
        if (user.isPresent()) {
          tell.line(
              user.get() + " knows " + cast.interactions(known, user.get()) + " items of " + known);
          ask(user.get(), target);
          return;
        }
      }
    }
    tell.line("the data has no such user" + (domains.size() < 2 ? ": it has one domain" : ""));
  }

  private void described(DomainId domain) {
    heading("A brand-new item with text");
    CatalogueItem item = cast.unmet(domain, true).orElseGet(() -> newcomers.described(domain));
    tell.item(item);
    JsonNode similar = newcomers.untilSimilar(item.itemId(), SHOWN);
    tell.similar(similar);
    Optional<UserId> admirer =
        item.categories().stream().findFirst().flatMap(c -> cast.admirerOf(domain, c));
    admirer.ifPresent(user -> tell.rankOf(item, user, api.recommend(user, domain, 100)));
  }

  private CatalogueItem blank(DomainId domain) {
    heading("A brand-new item without text");
    CatalogueItem item = cast.unmet(domain, false).orElseGet(() -> newcomers.blank(domain));
    tell.item(item);
    tell.line("nothing can be computed from it, so it is shown by exploration only");
    List<JsonNode> answers = new ArrayList<>();
    for (int i = 0; i < Narration.EXPLORED; i++) {
      answers.add(api.recommend(UserId.of("visitor-" + i), domain, SHOWN));
    }
    tell.explored(item, answers);
    return item;
  }

  private void change(UserId user, DomainId domain) {
    heading("Events change the answer: the brand-new user of case 1 again");
    List<ItemId> liked = newcomers.likes(domain, 3);
    tell.line(user + " now likes");
    liked.forEach(i -> tell.bullet(tell.nameOf(i)));
    Newcomers.Seen seen = newcomers.likeAndWait(user, domain, liked);
    JsonNode answer = api.recommend(user, domain, SHOWN);
    tell.answer(user, domain, answer);
    tell.line(
        "the route changed %d ms, the features of the jobs %d ms after the events were posted"
            .formatted(seen.route(), seen.features()));
    tell.excluded(liked, answer);
  }

  private void heading(String title) {
    tell.heading(++number, title);
  }

  private void ask(UserId user, DomainId domain) {
    tell.answer(user, domain, api.recommend(user, domain, SHOWN));
  }
}

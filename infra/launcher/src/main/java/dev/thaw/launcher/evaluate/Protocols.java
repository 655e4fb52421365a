package dev.thaw.launcher.evaluate;

import dev.thaw.evaluation.onboarding.OnboardingCurve;
import dev.thaw.evaluation.split.ColdDomainSplit;
import dev.thaw.evaluation.split.MeluSplit;
import dev.thaw.evaluation.split.Protocol;
import dev.thaw.evaluation.split.SourceUsersSplit;
import dev.thaw.evaluation.split.TemporalSplit;
import dev.thaw.evaluation.split.UserFold;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The protocols of {@code thaw evaluate} by name. */
public final class Protocols {
  public static final String USERS_BY_K = "users-by-k";
  private static final String ONBOARDING = "onboarding";
  private static final String TEMPORAL = "temporal";
  private static final String ITEMS_BY_COUNT = "items-by-count";
  private static final List<String> FOLDED = List.of(USERS_BY_K, ONBOARDING);
  private static final Map<String, Function<Settings, Protocol>> CUTS = cuts();
  private static final Map<String, Function<Settings, DomainEvaluation>> BY_NAME = byName();

  private Protocols() {}

  private static Map<String, Function<Settings, Protocol>> cuts() {
    Map<String, Function<Settings, Protocol>> cuts = new LinkedHashMap<>();
    cuts.put(USERS_BY_K, Settings::users);
    cuts.put("cross-domain", each -> new SourceUsersSplit(each.users()));
    cuts.put("melu", each -> new MeluSplit(each.users()));
    cuts.put("domain-cold-start", each -> new ColdDomainSplit(each.users(), each.knownUsers()));
    cuts.put(TEMPORAL, Protocols::temporal);
    return Collections.unmodifiableMap(cuts);
  }

  private static Map<String, Function<Settings, DomainEvaluation>> byName() {
    Map<String, Function<Settings, DomainEvaluation>> byName = new LinkedHashMap<>();
    CUTS.forEach((name, cut) -> byName.put(name, settings -> users(cut, settings)));
    byName.put(USERS_BY_K, Protocols::usersByK);
    byName.put(TEMPORAL, inTrueTime(settings -> users(Protocols::temporal, settings)));
    byName.put(ITEMS_BY_COUNT, inTrueTime(NewItemsOfDomains::new));
    byName.put(ONBOARDING, Protocols::onboarding);
    byName.put("zero-overlap", NewDomains::new);
    byName.put("next-item", inTrueTime(NextItemsOfDomains::new));
    return Collections.unmodifiableMap(byName);
  }

  private static Protocol temporal(Settings settings) {
    return new TemporalSplit(settings.users());
  }

  private static Function<Settings, DomainEvaluation> inTrueTime(
      Function<Settings, DomainEvaluation> protocol) {
    return settings -> {
      DomainEvaluation evaluation = protocol.apply(settings);
      return (folder, domain) -> evaluation.measure(folder.withoutMadeUpTimes(), domain);
    };
  }

  /** Names, in the order of the help. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return BY_NAME.keySet().iterator();
    }
  }

  /**
   * @throws IllegalArgumentException naming the protocols there are, or what can't be folded
   */
  public static DomainEvaluation of(String name, Settings settings) {
    Function<Settings, DomainEvaluation> protocol = BY_NAME.get(name);
    if (protocol == null) {
      throw new IllegalArgumentException(
          "--protocol must be one of " + BY_NAME.keySet() + ", was \"" + name + '"');
    }
    if (settings.folds() > 0 && !FOLDED.contains(name)) {
      throw new IllegalArgumentException(
          "--folds goes with " + String.join(" or ", FOLDED) + ", not " + name);
    }
    if (settings.newItems().isPresent() && !name.equals(ITEMS_BY_COUNT)) {
      throw new IllegalArgumentException(
          "--new-items goes with " + ITEMS_BY_COUNT + ", not " + name);
    }
    return protocol.apply(settings);
  }

  /**
   * How a protocol cuts the users of a domain.
   *
   * @throws IllegalArgumentException naming the protocols that do
   */
  public static Protocol cut(String name, Settings settings) {
    Function<Settings, Protocol> cut = CUTS.get(name);
    if (cut == null) {
      throw new IllegalArgumentException(
          "--protocol must be one of " + CUTS.keySet() + ", was \"" + name + '"');
    }
    return cut.apply(settings);
  }

  private static DomainEvaluation usersByK(Settings settings) {
    return new HeldOutUsers(settings, parts(settings));
  }

  private static DomainEvaluation onboarding(Settings settings) {
    OnboardingCurve curve =
        new OnboardingCurve(
            settings.counts().isEmpty() ? OnboardingCurve.COUNTS : settings.counts(),
            settings.extent(),
            Settings.threads(),
            settings.seed());
    return new HeldOutUsers(settings, parts(settings), curve::measure);
  }

  private static List<Protocol> parts(Settings settings) {
    return settings.folds() == 0
        ? List.of(settings.users())
        : List.copyOf(UserFold.all(settings.users(), settings.folds()));
  }

  private static DomainEvaluation users(Function<Settings, Protocol> cut, Settings settings) {
    return new HeldOutUsers(settings, List.of(cut.apply(settings)));
  }
}

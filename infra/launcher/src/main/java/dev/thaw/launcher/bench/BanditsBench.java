package dev.thaw.launcher.bench;

import java.util.ArrayList;
import java.util.List;

/** Decisions of bandits on one thread, and priors of neighbours. */
final class BanditsBench implements Benchmark {
  @Override
  public String name() {
    return "bandits";
  }

  @Override
  public String description() {
    return "decisions of bandits on one thread: Beta Thompson beside fresh draws, linear Thompson of"
        + " 10,000 arms with diagonal beside full covariance, with what each earns; and what priors"
        + " of neighbours take of a refresh";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    List<Figure> figures = new ArrayList<>(BetaThompsonTimes.run(context));
    figures.add(NeighbourPriorTimes.run(context));
    figures.addAll(LinearThompsonTimes.run(context));
    return figures;
  }
}

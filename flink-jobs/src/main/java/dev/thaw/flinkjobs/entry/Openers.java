package dev.thaw.flinkjobs.entry;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.flinkjobs.encodeitems.EncoderOpener;
import dev.thaw.flinkjobs.encodeitems.HostBreakers;
import dev.thaw.flinkjobs.encodeitems.HttpImages;
import dev.thaw.flinkjobs.encodeitems.IndexOpener;
import dev.thaw.flinkjobs.ends.StoreOpener;
import dev.thaw.models.encoder.Encoders;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What tasks open where they run, by values that travel. */
final class Openers {
  private static final Duration STORE_ANSWERS_WITHIN = Duration.ofSeconds(10);

  private Openers() {}

  static StoreOpener store(ThawConfig config) {
    ThawConfig.Store store = config.store();
    String type = store.type();
    String location = store.location();
    String project = store.project();
    List<FeatureView> views = config.features().views();
    return () ->
        OnlineStores.open(
            new ThawConfig.Store(type, location, project), views, STORE_ANSWERS_WITHIN);
  }

  static IndexOpener indexes(ThawConfig config) {
    String type = config.index().type();
    String location = config.index().location();
    return () -> VectorIndexFactory.open(new ThawConfig.Index(type, location));
  }

  static EncoderOpener encoder(ThawConfig config) {
    EncoderConfig encoder = config.encoder();
    return () ->
        Encoders.open(
            encoder,
            Runtime.getRuntime().availableProcessors(),
            new HostBreakers(new HttpImages(), InstantSource.system()));
  }
}

package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.online.OnlineStore;
import java.io.Serializable;

/** Opens the online store where a task runs. */
@FunctionalInterface
public interface StoreOpener extends Serializable {
  OnlineStore open();
}

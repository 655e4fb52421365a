package dev.thaw.launcher.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** A process of the stack that is killed. */
public enum Victim {
  TASKMANAGER_1("taskmanager-1", ""),
  TASKMANAGER_2("taskmanager-2", ""),
  JOBMANAGER("jobmanager", ""),
  KAFKA("kafka", "event-log"),
  REDIS("redis", "feature-store"),
  MILVUS("milvus", "vector-index"),
  SERVING_1("serving-1", ""),
  SERVING_2("serving-2", "");

  private final String process;
  private final String part;

  Victim(String process, String part) {
    this.process = process;
    this.part = part;
  }

  /** What supervisord calls it. */
  String process() {
    return process;
  }

  /** The part that answers name in {@code degraded} while it is away; empty if they need none. */
  String part() {
    return part;
  }

  /** One for each round: all of them in an order of chance, then all again in another. */
  static List<Victim> draw(int rounds, long seed) {
    // of neighbouring seeds, Random's first numbers are nearly the same
    Random random = new Random(new SplittableRandom(seed).nextLong());
    List<Victim> drawn = new ArrayList<>();
    while (drawn.size() < rounds) {
      List<Victim> bag = new ArrayList<>(List.of(values()));
      Collections.shuffle(bag, random);
      drawn.addAll(bag);
    }
    return List.copyOf(drawn.subList(0, rounds));
  }
}

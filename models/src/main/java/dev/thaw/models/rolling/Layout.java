package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.Hash64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which part of a state belongs to which feature. Interned: a process meets a handful, one a view
 * and version, and a state that is read for every event must not build it anew.
 */
final class Layout {
  private static final Map<Long, Layout> KNOWN = new ConcurrentHashMap<>();

  private record Entry(String name, long fingerprint) {}

  private final List<Entry> entries;
  private final long hash;

  private Layout(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    StringBuilder spelled = new StringBuilder();
    for (Entry entry : entries) {
      spelled.append(entry.name()).append('\n').append(entry.fingerprint()).append('\n');
    }
    this.hash = Hash64.of(spelled.toString());
  }

  static Layout of(List<RollingFeature<?>> features) {
    return intern(
        new Layout(features.stream().map(f -> new Entry(f.name(), f.fingerprint())).toList()));
  }

  private static Layout intern(Layout layout) {
    Layout before = KNOWN.putIfAbsent(layout.hash, layout);
    return before == null ? layout : before;
  }

  int size() {
    return entries.size();
  }

  /** Index of the same feature in another layout, or -1. */
  int find(Layout other, int index) {
    return entries.indexOf(other.entries.get(index));
  }

  void write(BinaryWriter out) {
    out.writeLong(hash);
    int block = out.beginBlock();
    out.writeCount(entries.size());
    for (Entry entry : entries) {
      out.writeText(entry.name()).writeLong(entry.fingerprint());
    }
    out.endBlock(block);
  }

  static Layout read(BinaryReader in) {
    Layout known = KNOWN.get(in.readLong());
    int end = in.readBlock();
    if (known != null) {
      in.skipTo(end);
      return known;
    }
    Entry[] entries = new Entry[in.readSize(9)];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new Entry(in.readText(), in.readLong());
    }
    in.skipTo(end);
    return intern(new Layout(List.of(entries)));
  }
}

package dev.thaw.launcher.datafolder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which contents a data folder has.
 *
 * @param files SHA-256 in hexadecimal of each file that is loaded, by the file's name
 */
public record Fingerprint(Map<String, String> files) {

  public Fingerprint {
    files = Map.copyOf(files);
  }

  /** Reads all files that are loaded. */
  public static Fingerprint of(DataFolder folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    for (Path file : List.of(folder.domains(), folder.items(), folder.users(), folder.events())) {
      if (Files.exists(file)) {
        files.put(file.getFileName().toString(), sha256(file));
      }
    }
    return new Fingerprint(files);
  }

  /** Names of the files that differ or that only one of both has. */
  public List<String> differencesTo(Fingerprint other) {
    TreeSet<String> names = new TreeSet<>(files.keySet());
    names.addAll(other.files.keySet());
    return names.stream()
        .filter(name -> !files.getOrDefault(name, "").equals(other.files.getOrDefault(name, "")))
        .toList();
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      byte[] buffer = new byte[1 << 16];
      int read = 0;
      while (read >= 0) {
        read = in.read(buffer);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}

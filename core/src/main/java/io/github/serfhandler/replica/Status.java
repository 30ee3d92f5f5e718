package io.github.serfhandler.replica;

import io.github.serfhandler.config.Revision;
import io.github.serfhandler.replica.StatusAnswer.KeyStatus;
import io.github.serfhandler.replica.StatusAnswer.ProductStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Stateless: answers questions for the status of a copy. */
final class Status {
  private static final int SHOWN_DIGITS = 16;

  private Status() {}

  /** The answer; empty where the node is not subscribed to what is asked for. */
  static Optional<StatusAnswer> of(
      StatusQuestion question,
      Set<String> products,
      Inventory inventory,
      FileInventory files,
      Refusals refusals)
      throws InterruptedException {
    if (question.product().isEmpty()) {
      List<ProductStatus> all = new ArrayList<>();
      for (String product : new TreeSet<>(products)) {
        all.add(of(product, inventory.of(product)));
      }
      return Optional.of(StatusAnswer.ofProducts(all));
    }
    String product = question.product().get();
    if (!products.contains(product)) {
      return Optional.empty();
    }
    if (question.key().isEmpty()) {
      return Optional.of(StatusAnswer.ofProducts(List.of(of(product, inventory.of(product)))));
    }
    String key = question.key().get();
    Optional<Long> refused = refusals.of(product, key);
    Optional<KeyStatus> status = files.of(product, key).map(item -> of(item, refused));
    return Optional.of(StatusAnswer.ofKey(status.or(() -> refused.map(KeyStatus::ofRefusal))));
  }

  private static KeyStatus of(Inventory.Item item, Optional<Long> refused) {
    Revision revision = item.revision();
    String hash = revision.deleted() ? "" : revision.sha256().substring(0, SHOWN_DIGITS);
    Optional<Long> newer = refused.filter(version -> version > revision.version());
    return new KeyStatus(revision.version(), revision.deleted(), hash, item.drift(), newer);
  }

  private static ProductStatus of(String product, SortedMap<String, Inventory.Item> items) {
    int keys = 0;
    int drifted = 0;
    MessageDigest digest = sha256();
    for (Map.Entry<String, Inventory.Item> entry : items.entrySet()) {
      Revision revision = entry.getValue().revision();
      keys += revision.deleted() ? 0 : 1;
      drifted += entry.getValue().drift().isEmpty() ? 0 : 1;
      String line = entry.getKey() + "\n" + revision.version() + "\n" + revision.sha256() + "\n";
      digest.update(line.getBytes(StandardCharsets.US_ASCII));
    }
    String hex = HexFormat.of().formatHex(digest.digest());
    return new ProductStatus(product, keys, hex.substring(0, SHOWN_DIGITS), drifted);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

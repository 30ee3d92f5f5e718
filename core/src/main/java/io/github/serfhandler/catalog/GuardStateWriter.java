package io.github.serfhandler.catalog;

import io.github.serfhandler.catalog.GuardState.Loss;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Writes {@link GuardStateFile}; confined to one thread, used once. */
final class GuardStateWriter {
  private static final int BYTES_PER_LINE = 48;

  private final StringBuilder out = new StringBuilder(4 * BYTES_PER_LINE);
  private String product = "";
  private String service = "";
  private int lines;

  String write(GuardState state) {
    out.append(GuardStateFile.HEADER);
    newLine();
    for (Map.Entry<String, SortedMap<String, List<Instance>>> services :
        state.alive().products().entrySet()) {
      for (Map.Entry<String, List<Instance>> instances : services.getValue().entrySet()) {
        for (Instance instance : instances.getValue()) {
          service(services.getKey(), instances.getKey());
          instance("alive", instance);
          newLine();
        }
      }
    }
    for (Loss loss : state.losses()) {
      service(loss.product(), loss.service());
      instance(word(loss), loss.instance());
      out.append('\t').append(loss.failedAt().toEpochMilli());
      newLine();
    }
    LossWave wave = state.wave();
    if (wave.failedMembers() >= 0) {
      out.append("wave\t").append(wave.failedMembers());
      out.append('\t').append(wave.start().toEpochMilli());
      out.append('\t').append(wave.last().toEpochMilli());
      out.append('\t').append(wave.fresh() ? 1 : 0);
      newLine();
    }
    out.append("end\t").append(lines).append('\n');
    return out.toString();
  }

  private static String word(Loss loss) {
    return switch (loss.cause()) {
      case FAILED -> loss.held() ? "held" : "failed";
      case VANISHED -> loss.held() ? "vanished-held" : "vanished";
    };
  }

  private void service(String newProduct, String newService) {
    if (!newService.equals(service) || !newProduct.equals(product)) {
      product = newProduct;
      service = newService;
      out.append("service\t").append(product).append('\t').append(service);
      newLine();
    }
  }

  private void instance(String word, Instance instance) {
    out.append(word).append('\t');
    text(instance.node());
    out.append('\t');
    for (byte b : instance.addr().getAddress()) {
      out.append(Character.forDigit((b >> 4) & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
    }
    out.append('\t').append(instance.port());
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else if (c < ' ' || c == '\\' || c == 0x7f || Character.isSurrogate(c)) {
        OneLine.appendEscape(out, c);
      } else {
        out.append(c);
      }
    }
  }

  private void newLine() {
    out.append('\n');
    lines++;
  }
}

package io.github.serfhandler.app.doctor;

/**
 * Immutable: what one check found.
 *
 * @param result how good that is
 * @param subject what was looked at, in a word or three
 * @param finding what was found; never a secret
 * @param remedy what to do about it; empty where nothing is to be done
 */
public record Check(Result result, String subject, String finding, String remedy) {
  /** How good a finding is. */
  public enum Result {
    /** Nothing is to be done. */
    OK("ok"),
    /** It works, and may not for ever. */
    WARN("warn"),
    /** It does not work. */
    FAIL("fail");

    private final String word;

    Result(String word) {
      this.word = word;
    }

    /** The word that is printed. */
    public String word() {
      return word;
    }
  }

  static Check ok(String subject, String finding) {
    return new Check(Result.OK, subject, finding, "");
  }

  static Check warn(String subject, String finding, String remedy) {
    return new Check(Result.WARN, subject, finding, remedy);
  }

  static Check fail(String subject, String finding, String remedy) {
    return new Check(Result.FAIL, subject, finding, remedy);
  }

  @Override
  public String toString() {
    return result.word()
        + " "
        + subject
        + ": "
        + finding
        + (remedy.isEmpty() ? "" : " - " + remedy);
  }
}

package io.github.serfhandler.haproxy;

/**
 * Immutable: a server of the running HAProxy, as {@code show servers state} tells it.
 *
 * @param backend its backend's name
 * @param name its name
 * @param addr its address, without brackets
 * @param port its port; 0 where it has none
 * @param admin what it is forced into, by anybody: {@code SRV_ADMF_*} in HAProxy's {@code
 *     server-t.h}, management guide 9.3 {@code show servers state}
 * @param weight its weight as last set, {@code srv_uweight}
 * @param check its check: {@code CHK_ST_*}
 */
record Running(
    String backend, String name, String addr, int port, int admin, int weight, int check) {
  private static final int FORCED_MAINT = 0x01;
  private static final int FORCED_DRAIN = 0x08;
  private static final int CHECK_CONFIGURED = 0x02;
  private static final int CHECK_ENABLED = 0x04;

  /** Gets no connection at all. Not 0x04, by the configuration: that bit stays for ever. */
  boolean isMaint() {
    return (admin & FORCED_MAINT) != 0;
  }

  /** Gets no connection that could go elsewhere. */
  boolean isDrain() {
    return (admin & FORCED_DRAIN) != 0 && !isMaint();
  }

  /** Whether its line has a check, without which it can never be checked. */
  boolean hasCheck() {
    return (check & CHECK_CONFIGURED) != 0;
  }

  /** Whether it is checked, or will be when it is out of maintenance. */
  boolean isChecked() {
    return hasCheck() && (check & CHECK_ENABLED) != 0;
  }

  /** As commands name it. */
  String path() {
    return backend + "/" + name;
  }
}

package io.github.qwop.run.settings;

/**
 * A setting that cannot be used; the message is one sentence for the user, naming the setting, its value and what is
 * allowed.
 */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** A setting refused for this reason. */
    public SettingException(String message) {
        super(message);
    }

    /** A setting refused for this reason, found by another check. */
    public SettingException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.github.qwop.game.page;

/**
 * A page that cannot be opened or played; the message is one sentence for the user, naming what was looked for and what
 * to do.
 */
public final class PageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A page refused for this reason. */
    public PageException(String message) {
        super(message);
    }

    /** A page refused for this reason, found by something else. */
    public PageException(String message, Throwable cause) {
        super(message, cause);
    }
}

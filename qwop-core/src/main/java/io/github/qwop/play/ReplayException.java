package io.github.qwop.play;

/** A recording that does not lead where it says, or not to the same place on two games; the message says where. */
public final class ReplayException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A replay refused for this reason. */
    public ReplayException(String message) {
        super(message);
    }
}

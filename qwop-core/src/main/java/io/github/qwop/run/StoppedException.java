package io.github.qwop.run;

/** A training was stopped before its end, and has written a checkpoint; the message says how to go on. */
public final class StoppedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the whole sentence. */
    public StoppedException(String message) {
        super(message);
    }
}

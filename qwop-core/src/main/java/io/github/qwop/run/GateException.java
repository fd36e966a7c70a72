package io.github.qwop.run;

/** A declared minimum was not met; the message gives the figures. */
public final class GateException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A gate that fell for this reason. */
    public GateException(String message) {
        super(message);
    }
}

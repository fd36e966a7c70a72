package io.github.qwop.model;

/** PyTorch cannot be unpacked or started; the message is one sentence for the user, with the folder and what to do. */
public final class PyTorchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Refused for this reason. */
    public PyTorchException(String message) {
        super(message);
    }

    /** Refused for this reason, found by something else. */
    public PyTorchException(String message, Throwable cause) {
        super(message, cause);
    }
}

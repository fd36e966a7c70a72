package io.github.qwop.model.onnx;

/** ONNX Runtime does not start here; the message is a sentence that says why and what to do. */
public final class OnnxStartException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Not started because of this failure. */
    public OnnxStartException(String message, Throwable cause) {
        super(message, cause);
    }
}

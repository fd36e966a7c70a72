package io.github.qwop.model.onnx;

/** An ONNX file that cannot be used; the message is a sentence's part that says why. */
public final class OnnxException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A file refused for this reason. */
    public OnnxException(String message) {
        super(message);
    }

    /** A file refused because of this failure. */
    public OnnxException(String message, Throwable cause) {
        super(message, cause);
    }
}

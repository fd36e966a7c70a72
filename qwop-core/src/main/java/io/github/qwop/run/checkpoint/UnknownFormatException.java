package io.github.qwop.run.checkpoint;

/** A checkpoint is of a format that another version of the plugin writes. */
public final class UnknownFormatException extends CheckpointException {

    private static final long serialVersionUID = 1L;

    /** With the whole sentence. */
    public UnknownFormatException(String message) {
        super(message);
    }
}

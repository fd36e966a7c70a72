package io.github.qwop.run.checkpoint;

import java.io.EOFException;

/** A checkpoint is missing, damaged or of another format; the message says which file, what is wrong and what to do. */
public class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the whole sentence. */
    public CheckpointException(String message) {
        super(message);
    }

    /** With the whole sentence and what was thrown. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Why a section could not be read, in words: an end that comes too early has none of its own. */
    public static String reason(Throwable failure) {
        return failure instanceof EOFException
                ? "one of its sections ends too early"
                : String.valueOf(failure.getMessage());
    }
}

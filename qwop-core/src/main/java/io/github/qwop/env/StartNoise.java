package io.github.qwop.env;

import java.util.Locale;

/**
 * What is played before an episode's first step, so that episodes differ: the game itself is deterministic. Text form:
 * {@code none}, {@code idle:10} or {@code random:10}.
 *
 * @param kind what is held meanwhile
 * @param maxFrames the number of frames is drawn evenly from 0 to this
 */
public record StartNoise(Kind kind, int maxFrames) {

    /** What keys are held. */
    public enum Kind {
        /** Episodes begin at the canonical start. */
        NONE,
        /** No key. */
        IDLE,
        /** New random keys every fourth frame. */
        RANDOM
    }

    /** The canonical start. */
    public static final StartNoise NOTHING = new StartNoise(Kind.NONE, 0);

    /** More would let the runner fall before its first step. */
    private static final int LIMIT = 60;

    /** Checks the number of frames. */
    public StartNoise {
        if (kind == Kind.NONE ? maxFrames != 0 : maxFrames < 1 || maxFrames > LIMIT) {
            throw new IllegalArgumentException("startNoise is \"" + kind.name().toLowerCase(Locale.ROOT) + ":"
                    + maxFrames + "\": give none, or idle or random with 1 to " + LIMIT + " frames, such as idle:10.");
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none of those above
     */
    public static StartNoise parse(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", 2);
        if (parts[0].equals("none") && parts.length == 1) {
            return NOTHING;
        }
        try {
            return switch (parts[0]) {
                case "idle" -> new StartNoise(Kind.IDLE, Integer.parseInt(parts[1]));
                case "random" -> new StartNoise(Kind.RANDOM, Integer.parseInt(parts[1]));
                default -> throw refused(text);
            };
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw refused(text);
        }
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "startNoise is \"" + text + "\": give none, idle:<frames> or random:<frames>, such as idle:10.");
    }

    /** The text form. */
    @Override
    public String toString() {
        return kind == Kind.NONE ? "none" : kind.name().toLowerCase(Locale.ROOT) + ":" + maxFrames;
    }
}

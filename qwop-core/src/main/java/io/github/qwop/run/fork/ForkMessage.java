package io.github.qwop.run.fork;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.util.Map;
import java.util.Optional;

/**
 * One message of a fork to the JVM that started it: one line of the fork's standard output, a marker, the message's
 * kind and its content as JSON. Lines without the marker are anything else that the fork or a native library printed.
 */
public sealed interface ForkMessage
        permits ForkMessage.Log,
                ForkMessage.Progress,
                ForkMessage.Done,
                ForkMessage.Stopped,
                ForkMessage.GateFell,
                ForkMessage.Refused {

    /** A line for the user, at one of the usual levels. */
    record Log(Level level, String text) implements ForkMessage {}

    /** How important a line is. */
    enum Level {
        DEBUG,
        INFO,
        WARN
    }

    /**
     * How far a training has come.
     *
     * @param steps environment steps done
     * @param totalSteps environment steps asked for
     * @param stepsPerSecond environment steps per second of wall time, of late, evaluations and checkpoints included
     * @param values metrics by stable-baselines3's names
     */
    record Progress(long steps, long totalSteps, double stepsPerSecond, Map<String, Double> values)
            implements ForkMessage {}

    /**
     * The goal is done.
     *
     * @param summary a sentence on what came of it
     * @param data the same for a program, by name
     */
    record Done(String summary, Map<String, Double> data) implements ForkMessage {}

    /** The goal was stopped before its end: what would come after it in a build must not. */
    record Stopped(String summary) implements ForkMessage {}

    /** A declared minimum was not met. */
    record GateFell(String reason) implements ForkMessage {}

    /** Wrong settings or surroundings: the goal could not do its work. */
    record Refused(String reason) implements ForkMessage {}

    /** What the line of a message begins with. */
    String MARKER = "::qwop:";

    /** The line of this message, without its line end. */
    default String toLine() {
        return MARKER + getClass().getSimpleName() + " " + Lines.GSON.toJson(this);
    }

    /** The message of a line, or nothing if the line carries none. */
    static Optional<ForkMessage> fromLine(String line) {
        if (!line.startsWith(MARKER)) {
            return Optional.empty();
        }
        int space = line.indexOf(' ', MARKER.length());
        if (space < 0) {
            return Optional.empty();
        }
        String kind = line.substring(MARKER.length(), space);
        for (Class<?> type : ForkMessage.class.getPermittedSubclasses()) {
            if (type.getSimpleName().equals(kind)) {
                try {
                    ForkMessage message = (ForkMessage) Lines.GSON.fromJson(line.substring(space + 1), type);
                    return Optional.ofNullable(message).filter(Lines::isWhole);
                } catch (JsonParseException | NumberFormatException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** The line format's constants. */
    final class Lines {
        private static final Gson GSON =
                new GsonBuilder().serializeSpecialFloatingPointValues().create();

        private Lines() {}

        /** Whether none of its parts is missing, as in a line that something else was printed into. */
        private static boolean isWhole(ForkMessage message) {
            // Null parts are left out.
            return GSON.toJsonTree(message).getAsJsonObject().size()
                    == message.getClass().getRecordComponents().length;
        }
    }
}

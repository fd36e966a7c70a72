package io.github.qwop.run.fork;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a goal at work says, line by line: messages are passed on, the outcome is kept. Several threads may speak. */
final class Conversation implements Consumer<String> {

    private static final int LAST_LINES = 20;

    private final Consumer<ForkMessage> listener;
    private final List<String> lastLines = new ArrayList<>();
    private @Nullable ForkMessage outcome;
    private boolean stopping;

    Conversation(Consumer<ForkMessage> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void accept(String line) {
        // What a native library printed without a line's end stands before the message.
        int start = line.indexOf(ForkMessage.MARKER);
        Optional<ForkMessage> message = start < 0 ? Optional.empty() : ForkMessage.fromLine(line.substring(start));
        String other = message.isEmpty() ? line : line.substring(0, start);
        if (!other.isEmpty()) {
            lastLines.add(other);
            if (lastLines.size() > LAST_LINES) {
                lastLines.remove(0);
            }
            listener.accept(new ForkMessage.Log(ForkMessage.Level.DEBUG, other));
        }
        message.ifPresent(this::hear);
    }

    private void hear(ForkMessage message) {
        if (message instanceof ForkMessage.Log || message instanceof ForkMessage.Progress) {
            listener.accept(message);
            return;
        }
        outcome = message;
        if (stopping) {
            // This JVM is going down: whoever waits for the outcome may come too late to tell it.
            if (message instanceof ForkMessage.Done done) {
                listener.accept(new ForkMessage.Log(ForkMessage.Level.INFO, done.summary()));
            } else if (message instanceof ForkMessage.Stopped stopped) {
                listener.accept(new ForkMessage.Log(ForkMessage.Level.WARN, stopped.summary()));
            }
        }
    }

    /** From now on the outcome is told at once. */
    synchronized void stopping() {
        stopping = true;
    }

    synchronized boolean isStopping() {
        return stopping;
    }

    /** What came of the goal, once it is done. */
    synchronized Optional<ForkMessage> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** The last lines that were no messages: what a JVM that broke down had to say. */
    synchronized List<String> lastLines() {
        return List.copyOf(lastLines);
    }
}

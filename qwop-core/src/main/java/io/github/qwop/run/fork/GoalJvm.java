package io.github.qwop.run.fork;

import java.io.IOException;
import java.util.function.Consumer;

/** Where a goal does its work. */
public sealed interface GoalJvm permits ForkedJvm, SameJvm {

    /**
     * Runs a request to its end.
     *
     * @param listener hears every message but the last, and every other line as {@link ForkMessage.Level#DEBUG}, from
     *     one thread at a time; when this JVM is told to end, the last message too, as a warning
     * @return the outcome: any message but {@link ForkMessage.Log} and {@link ForkMessage.Progress}
     * @throws IOException if the goal cannot be started, or ends without an outcome
     * @throws InterruptedException if this thread is interrupted; a goal that {@linkplain ForkRequest#endsItself ends
     *     itself} has then stopped in good order
     */
    ForkMessage run(ForkRequest request, Consumer<ForkMessage> listener) throws IOException, InterruptedException;
}

package io.github.qwop.run.study;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What does many tasks, several at once and perhaps on several machines. */
public interface Engine extends AutoCloseable {

    /**
     * Does tasks, each once. What one has written into its run's folder is there when its result is heard. A task whose
     * JVM or machine dies is begun again, and goes on from what it has left in that folder.
     *
     * @param heard hears each result as it comes, in this thread
     * @param stop asked now and then: true stops all tasks in good order; those that were not done are not heard
     * @throws IOException if the engine itself cannot go on
     * @throws InterruptedException if this thread is interrupted; all tasks are stopped then
     */
    void run(List<Task> tasks, Consumer<Task.Result> heard, BooleanSupplier stop)
            throws IOException, InterruptedException;

    /** Ends it, and waits for the JVMs on this machine. */
    @Override
    void close();
}

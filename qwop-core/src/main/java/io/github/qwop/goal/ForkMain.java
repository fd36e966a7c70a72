package io.github.qwop.goal;

import io.github.qwop.game.page.PageException;
import io.github.qwop.run.GateException;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The forked JVM's entry: reads a request, does the goal, and reports on standard output. */
public final class ForkMain {

    private ForkMain() {}

    /**
     * Does one goal.
     *
     * @param arguments the request's file
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream reports = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // What libraries print must not come between two halves of a report.
        System.setOut(System.err);
        AtomicBoolean stop = new AtomicBoolean();
        watchInput(stop);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop.set(true), "qwop-stop"));
        ForkMessage outcome = work(ForkRequest.read(Path.of(arguments[0])), new Reports(reports), stop);
        reports.println(outcome.toLine());
        reports.flush();
        // Engines leave threads behind that would keep this JVM alive.
        Runtime.getRuntime().halt(0);
    }

    private static ForkMessage work(ForkRequest request, RunListener listener, AtomicBoolean stop) {
        try {
            return new ForkMessage.Done(
                    Goals.run(request.goal(), Path.of(request.directory()), request.settings(), listener, stop::get));
        } catch (GateException e) {
            return new ForkMessage.GateFell(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | PageException e) {
            return new ForkMessage.Refused(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | LinkageError e) {
            e.printStackTrace();
            return new ForkMessage.Refused("The goal " + request.goal() + " failed: " + e);
        }
    }

    /** Maven holds our standard input open; its end means that Maven wants us, or itself, to end. */
    private static void watchInput(AtomicBoolean stop) {
        InputStream input = System.in;
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (input.read() >= 0) {
                            // Nothing is ever said on it.
                        }
                    } catch (IOException e) {
                        // A broken pipe says the same as its end.
                    }
                    stop.set(true);
                },
                "qwop-input");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Sends what the goal says as messages. */
    private record Reports(PrintStream out) implements RunListener {

        @Override
        public void info(String text) {
            send(new ForkMessage.Log(ForkMessage.Level.INFO, text));
        }

        @Override
        public void warn(String text) {
            send(new ForkMessage.Log(ForkMessage.Level.WARN, text));
        }

        @Override
        public void progress(long steps, long totalSteps, double stepsPerSecond, Map<String, Double> values) {
            send(new ForkMessage.Progress(steps, totalSteps, stepsPerSecond, values));
        }

        private void send(ForkMessage message) {
            out.println(message.toLine());
        }
    }
}

package io.github.qwop.goal;

import io.github.qwop.file.Fault;
import io.github.qwop.game.page.PageException;
import io.github.qwop.model.PyTorchException;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.CheckpointException;
import io.github.qwop.run.fork.ForkFolder;
import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkRequest;
import io.github.qwop.run.fork.ForkedJvm;
import io.github.qwop.run.settings.SettingException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The forked JVM's entry: reads a request, does the goal, and reports on standard output. */
public final class ForkMain {

    /** What a shell has for a process that was asked to end. */
    private static final int STOPPED_STATUS = 143;

    private ForkMain() {}

    /**
     * Does one goal.
     *
     * @param arguments the request's file
     */
    public static void main(String[] arguments) {
        Consumer<String> reports = reports();
        ForkRequest request;
        try {
            Path requestFile = Path.of(arguments[0]);
            ForkFolder.hold(requestFile);
            request = ForkRequest.read(requestFile);
        } catch (IOException e) {
            reports.accept(new ForkMessage.Refused(String.valueOf(e.getMessage())).toLine());
            return;
        }
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        if (request.endsItself()) {
            watchInput(() -> stop.set(true));
            // A terminal's Ctrl-C reaches this process too: it may end only when the checkpoint is written.
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                stop.set(true);
                                await(done);
                            },
                            "qwop-stop"));
        } else {
            // All files are written whole or not at all, so that there is nothing to wait for.
            watchInput(() -> Runtime.getRuntime().halt(STOPPED_STATUS));
        }
        serve(request.goal(), request.directory(), request.settings(), reports, stop::get);
        done.countDown();
        // Engines leave threads behind that would keep this JVM alive.
        Runtime.getRuntime().halt(0);
    }

    /**
     * Does one goal in this JVM and reports, its outcome last, in lines of {@link ForkMessage}. All of its types are
     * the JDK's, so that a caller in another class loader can use it.
     *
     * @param lines hears each line, without its end
     * @param stop asked now and then: true ends the goal early
     */
    public static void serve(
            String goal, String directory, Map<String, String> settings, Consumer<String> lines, BooleanSupplier stop) {
        ForkMessage outcome = work(goal, Path.of(directory), settings, new Reports(lines), stop);
        lines.accept(outcome.toLine());
    }

    /** Whatever a goal or a user's own class throws must reach Maven, or this JVM would never end. */
    private static ForkMessage work(
            String goal, Path directory, Map<String, String> settings, RunListener listener, BooleanSupplier stop) {
        try {
            Outcome outcome = Goals.run(goal, directory, settings, listener, stop);
            return new ForkMessage.Done(outcome.sentence(), outcome.data());
        } catch (GateException e) {
            return new ForkMessage.GateFell(String.valueOf(e.getMessage()));
        } catch (StoppedException e) {
            return new ForkMessage.Stopped(String.valueOf(e.getMessage()));
        } catch (SettingException | CheckpointException | PageException | PyTorchException e) {
            return new ForkMessage.Refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return unusable(goal, directory, e);
        } catch (UncheckedIOException e) {
            return unusable(goal, directory, Objects.requireNonNull(e.getCause()));
        } catch (InvalidPathException e) {
            return new ForkMessage.Refused("The path \"" + e.getInput().replace("\0", "\\0") + "\" cannot be used ("
                    + e.getReason() + "): correct it.");
        } catch (OutOfMemoryError e) {
            return new ForkMessage.Refused("The goal " + goal + " ran out of memory (" + e.getMessage()
                    + "): give it more with -Dqwop.fork.jvmArgs=-Xmx4g.");
        } catch (Throwable e) {
            e.printStackTrace();
            return new ForkMessage.Refused("The goal " + goal + " failed: " + e);
        }
    }

    /** The system's own message often names no file, and never what to do. */
    private static ForkMessage unusable(String goal, Path directory, IOException e) {
        e.printStackTrace();
        String place = e instanceof FileSystemException
                ? "a file (" + Fault.of(e)
                : "its files in " + directory + " or the temporary folder (" + Fault.of(e);
        return new ForkMessage.Refused("The goal " + goal + " cannot use " + place
                + "): check that they may be read and written and that there is room, or set outputDirectory to another"
                + " folder.");
    }

    /**
     * Standard output, for reports alone: each goes out in one write with its line's end, so that what a native library
     * prints cannot come between two halves of it; and what Java libraries print goes to standard error.
     */
    private static Consumer<String> reports() {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        return line -> {
            synchronized (out) {
                try {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // Maven has gone; our input's end says so too.
                }
            }
        };
    }

    private static void await(CountDownLatch done) {
        try {
            if (!done.await(ForkedJvm.GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The goal did not stop in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Maven holds our standard input open; its end means that Maven wants us, or itself, to end. */
    private static void watchInput(Runnable onEnd) {
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
                    onEnd.run();
                },
                "qwop-input");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Sends what the goal says as messages. */
    private record Reports(Consumer<String> lines) implements RunListener {

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
            lines.accept(message.toLine());
        }
    }
}

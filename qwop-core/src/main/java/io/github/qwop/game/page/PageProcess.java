package io.github.qwop.game.page;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.parallel.Collector;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page that is played in a JVM of its own, so that several are played at once without sharing a heap, its collector
 * or anything else. Every call is a few bytes over the process's standard streams, which is nothing beside an update of
 * a page. The process ends with this JVM, however that ends.
 *
 * <p>Not thread safe: one thread at a time plays a game.
 */
public final class PageProcess implements Game {

    private static final int RESET = -1;
    private static final String REMEDY = ": set processes to fewer, or to 1 for none but the one that asks.";

    private final Process process;
    private final DataOutputStream calls;
    private final DataInputStream answers;

    private final double[] bodies = new double[BODY_VALUES];
    private int played;
    private double scoreTime;
    private double score;
    private boolean gameEnded;
    private boolean fallen;
    private boolean jumped;
    private boolean jumpLanded;

    /**
     * Starts a process and opens a page in it; takes some seconds.
     *
     * @param trigonometry whose sine and cosine it is played with
     * @param genuine folder of the genuine game, see {@link GenuineFolder#read}; null for the open page
     * @throws PageException if the process cannot be started, or the page not be opened in it
     */
    public PageProcess(Trigonometry trigonometry, @Nullable Path genuine) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Collector.arguments(List.of(), System.getenv()));
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                PageProcess.class.getName(),
                trigonometry.text()));
        if (genuine != null) {
            command.add(genuine.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // As a variable, because a command line may be too short for it.
        builder.environment().put("CLASSPATH", classPath(PageProcess.class.getClassLoader()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new PageException("No process could be started for a page (" + e.getMessage() + ")" + REMEDY, e);
        }
        calls = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        try {
            hear();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where a loader finds its classes: this class's own may be another than the JVM's. */
    static String classPath(ClassLoader own) {
        if (own instanceof URLClassLoader loader) {
            List<String> entries = new ArrayList<>();
            for (URL url : loader.getURLs()) {
                try {
                    entries.add(Path.of(url.toURI()).toString());
                } catch (URISyntaxException e) {
                    throw new IllegalStateException("The class path has " + url + ", which is no file.", e);
                }
            }
            return String.join(File.pathSeparator, entries);
        }
        return System.getProperty("java.class.path");
    }

    @Override
    public void reset() {
        call(RESET, 0);
    }

    @Override
    public int step(int keys, int frames) {
        Keys.check(keys);
        if (frames < 1) {
            throw new IllegalArgumentException("frames is " + frames + ": play at least 1 game update.");
        }
        call(keys, frames);
        return played;
    }

    private void call(int keys, int frames) {
        try {
            calls.writeByte(keys);
            calls.writeInt(frames);
            calls.flush();
        } catch (IOException e) {
            throw gone(e);
        }
        hear();
    }

    private void hear() {
        try {
            String failure = answers.readUTF();
            if (!failure.isEmpty()) {
                throw new PageException(failure);
            }
            played = answers.readInt();
            for (int i = 0; i < BODY_VALUES; i++) {
                bodies[i] = answers.readDouble();
            }
            scoreTime = answers.readDouble();
            score = answers.readDouble();
            gameEnded = answers.readBoolean();
            fallen = answers.readBoolean();
            jumped = answers.readBoolean();
            jumpLanded = answers.readBoolean();
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private static PageException gone(IOException e) {
        return new PageException("A page's process has ended, perhaps for want of memory" + REMEDY, e);
    }

    @Override
    public void readBodies(double[] target, int offset) {
        System.arraycopy(bodies, 0, target, offset, BODY_VALUES);
    }

    @Override
    public double scoreTime() {
        return scoreTime;
    }

    @Override
    public double score() {
        return score;
    }

    @Override
    public boolean gameEnded() {
        return gameEnded;
    }

    @Override
    public boolean fallen() {
        return fallen;
    }

    @Override
    public boolean jumped() {
        return jumped;
    }

    @Override
    public boolean jumpLanded() {
        return jumpLanded;
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroy();
    }

    /**
     * The process: opens a page and plays what it is told to, until nobody is left to tell.
     *
     * @param arguments whose sine and cosine, and the genuine game's folder, or nothing more for the open page
     */
    public static void main(String[] arguments) throws IOException {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        // What libraries print must not come between the answers.
        System.setOut(System.err);
        try (DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(out))) {
            try (Game page = open(arguments)) {
                serve(page, System.in, answers);
            } catch (PageException e) {
                answers.writeUTF(String.valueOf(e.getMessage()));
            }
        }
    }

    private static Game open(String[] arguments) {
        Trigonometry trigonometry = Trigonometry.named(arguments[0]);
        return arguments.length == 1
                ? new OpenPageGame(trigonometry)
                : new GenuineGame(GenuineFolder.read(Path.of(arguments[1])), trigonometry);
    }

    private static void serve(Game page, InputStream in, DataOutputStream answers) throws IOException {
        DataInputStream calls = new DataInputStream(new BufferedInputStream(in));
        int played = 0;
        try {
            while (true) {
                answer(page, played, answers);
                int keys = calls.readByte();
                int frames = calls.readInt();
                if (keys == RESET) {
                    page.reset();
                } else {
                    played = page.step(keys, frames);
                }
            }
        } catch (EOFException e) {
            // The JVM that played has closed this game, or is gone itself.
        }
    }

    private static void answer(Game page, int played, DataOutputStream answers) throws IOException {
        double[] bodies = new double[BODY_VALUES];
        page.readBodies(bodies, 0);
        answers.writeUTF("");
        answers.writeInt(played);
        for (double value : bodies) {
            answers.writeDouble(value);
        }
        answers.writeDouble(page.scoreTime());
        answers.writeDouble(page.score());
        answers.writeBoolean(page.gameEnded());
        answers.writeBoolean(page.fallen());
        answers.writeBoolean(page.jumped());
        answers.writeBoolean(page.jumpLanded());
        answers.flush();
    }
}

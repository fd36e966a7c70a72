package io.github.qwop.game.page;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.Units;
import io.github.qwop.game.page.MemoryConnection.PageFile;
import java.util.Map;
import java.util.Objects;
import java.util.zip.DataFormatException;
import org.htmlunit.corejs.javascript.Function;
import org.htmlunit.corejs.javascript.ScriptableObject;
import org.htmlunit.corejs.javascript.typedarrays.NativeArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The genuine game, played by its own script in a headless browser. With fdlibm's sine its numbers are those of the
 * game in Node 20, bit for bit, with the GNU C library's those of Google's Chrome.
 *
 * <p>The script's text is left alone. What is done to the running program: its loader unpacks the asset bundle by Java,
 * it draws nothing and plays no sound, and it is updated when {@link #step} asks for it. {@link #reset} does not load
 * the page again, which takes seconds, but lets the program fill a new world as its loader does, which takes a tenth of
 * a second: every object of that world equals the fresh page's.
 *
 * <p>Not thread safe: one thread at a time plays a game.
 */
public final class GenuineGame extends PageGame {

    /** How keys reach the game. */
    public enum KeyInput {
        /** Set where the game's own key handler sets them: the fast way. */
        DIRECT,
        /** By keyboard events that the game's own key handler receives. */
        EVENTS
    }

    /** The game stops by itself on other hosts than its author's. */
    private static final String ORIGIN = "http://www.foddy.net";

    private static final String PAGE = "<!DOCTYPE html><html><head><title>QWOP</title></head>"
            + "<body><div id=\"gameContent\"></div></body></html>";

    /** A class of the game's engine that every version has. */
    private static final String KNOWN_CLASS = "luxe.Core";

    /** The loader needs some 15 frames. */
    private static final int MAX_LOADING_FRAMES = 600;

    private static final double MILLIS_PER_FRAME = 1000.0 / Units.UPDATES_PER_SECOND;

    final ScriptableObject driver;
    private boolean untouched = true;

    /**
     * Opens the game's page and loads the game; takes some seconds. Keys are set directly.
     *
     * @param trigonometry what the page's sine and cosine compute
     * @throws PageException if the script is truncated, is not the game's, or is an unknown version of it, if the game
     *     does not load with the bundle, or if its physics is not the known game's
     */
    public GenuineGame(GenuineFolder folder, Trigonometry trigonometry) {
        this(folder, KeyInput.DIRECT, trigonometry);
    }

    /**
     * Opens the game's page and loads the game; takes some seconds.
     *
     * @param trigonometry what the page's sine and cosine compute
     * @throws PageException if the script is truncated, is not the game's, or is an unknown version of it, if the game
     *     does not load with the bundle, or if its physics is not the known game's
     */
    public GenuineGame(GenuineFolder folder, KeyInput keyInput, Trigonometry trigonometry) {
        this(open(folder, keyInput, trigonometry));
        try {
            new TrialPlay(trigonometry).difference(this).ifPresent(difference -> {
                throw plays(folder, difference);
            });
            freshStart();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private GenuineGame(Opened opened) {
        super(opened.host, (Function) opened.driver.get("step"), (NativeArrayBuffer) opened.driver.get("state"));
        driver = opened.driver;
    }

    private static Opened open(GenuineFolder folder, KeyInput keyInput, Trigonometry trigonometry) {
        PageHost host = new PageHost(
                ORIGIN,
                Map.of("/", PageFile.html(PAGE), "/assets/" + GenuineFolder.BUNDLE, PageFile.binary(folder.bundle())),
                trigonometry);
        try {
            return new Opened(host, load(host, folder, keyInput));
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    private static ScriptableObject load(PageHost host, GenuineFolder folder, KeyInput keyInput) {
        String script = script(folder);
        host.open("/");
        Function classesOf = (Function) host.call(host.resourceFunction("classes.js"), KNOWN_CLASS);
        try {
            host.run(folder.script(), GenuineFolder.SCRIPT);
        } catch (PageException e) {
            throw new PageException(script + " is truncated or damaged (" + e.getMessage() + "): supply it again.", e);
        }
        Object classes = host.call(Objects.requireNonNull(classesOf));
        if (classes == null) {
            throw new PageException(script + " is not the genuine game's: no class " + KNOWN_CLASS
                    + " was found in it; supply the HTML5 version's script.");
        }
        ScriptableObject driver;
        try {
            driver = (ScriptableObject) Objects.requireNonNull(host.call(
                    host.resourceFunction("genuine.js"),
                    host.window(),
                    classes,
                    host.bytesFunction("inflate", GenuineGame::inflate),
                    keyInput == KeyInput.EVENTS));
        } catch (PageException e) {
            throw unknown(script, e);
        }
        try {
            Function loaded = (Function) driver.get("loaded");
            for (int frame = 0; !Boolean.TRUE.equals(host.call(loaded)); frame++) {
                if (frame == MAX_LOADING_FRAMES) {
                    throw new PageException("it had not loaded after " + frame + " frames");
                }
                host.advance(MILLIS_PER_FRAME);
            }
            host.call((Function) driver.get("begin"));
            return driver;
        } catch (PageException e) {
            if (folder.bundleDoubt() == null) {
                throw unknown(script, e);
            }
            throw new PageException(
                    folder.bundleDoubt() + ", and the game does not load with it (" + e.getMessage()
                            + "): supply it again, byte for byte.",
                    e);
        }
    }

    private static String script(GenuineFolder folder) {
        return "The script " + GenuineFolder.SCRIPT + " in " + folder;
    }

    private static PageException unknown(String script, PageException cause) {
        return new PageException(
                script + " is an unknown version of the game (" + cause.getMessage()
                        + "): supply the HTML5 version's script and asset bundle.",
                cause);
    }

    /** A game that loads and plays otherwise; of the bundle, the bodies' sizes count. */
    private static PageException plays(GenuineFolder folder, String difference) {
        String doubt = folder.bundleDoubt();
        return new PageException(
                doubt == null
                        ? script(folder) + " plays otherwise than the known game (" + difference
                                + "): nothing that is true of one would hold for the other; supply the HTML5 version's"
                                + " script as it was published."
                        : doubt + ", and the game plays otherwise with it (" + difference
                                + "): supply it again, byte for byte.");
    }

    @Override
    public void reset() {
        if (!untouched) {
            freshStart();
        }
        softReset(0);
    }

    @Override
    public int step(int keys, int frames) {
        untouched = false;
        return super.step(keys, frames);
    }

    /** Returns to the state of a page just loaded: one idle update done, no physics step yet. */
    void freshStart() {
        host.call(function("rebuild"));
        untouched = true;
    }

    /** The game's own reset, with these keys held during the update that it ends with. */
    void softReset(int keys) {
        untouched = false;
        host.call(function("softReset"), keys);
    }

    /** Moves all 12 parts by dx units, keeping their velocities. */
    void shift(double dx) {
        untouched = false;
        host.call(function("shift"), dx);
    }

    /** Puts all 12 parts to sleep, wherever they are. */
    void sleep() {
        untouched = false;
        host.call(function("sleep"));
    }

    /** Calls a function with the game's classes by full name: for looking into the running program. */
    @Nullable
    Object inspect(String functionExpression) {
        Function inspector = (Function) Objects.requireNonNull(host.run(functionExpression, "inspector"));
        return host.call(inspector, driver.get("classes"));
    }

    private Function function(String name) {
        return (Function) driver.get(name);
    }

    private static byte[] inflate(byte[] packed) {
        try {
            return GenuineFolder.inflate(packed);
        } catch (DataFormatException e) {
            throw new IllegalStateException("The asset bundle changed after it was read.", e);
        }
    }

    /**
     * A page with the game loaded in it.
     *
     * @param driver what genuine.js returns
     */
    private record Opened(PageHost host, ScriptableObject driver) {}
}

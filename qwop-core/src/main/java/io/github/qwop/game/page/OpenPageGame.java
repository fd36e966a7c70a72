package io.github.qwop.game.page;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.page.MemoryConnection.PageFile;
import io.github.qwop.game.web.OpenPage;
import java.util.HashMap;
import java.util.Map;
import org.htmlunit.corejs.javascript.Function;
import org.htmlunit.corejs.javascript.ScriptableObject;
import org.htmlunit.corejs.javascript.typedarrays.NativeFloat64Array;

/**
 * The open page, played in a headless browser: the same kernel as the twin's, compiled to JavaScript, with nothing that
 * a user must supply. Its numbers are the twin's, bit for bit.
 *
 * <p>Not thread safe: one thread at a time plays a game.
 */
public final class OpenPageGame extends PageGame {

    private static final String ORIGIN = "http://qwop.test";

    private final ScriptableObject kernel;
    private final Function reset;

    /** Opens the page; takes a second or so. The game is at the canonical start, with fdlibm's sine and cosine. */
    public OpenPageGame() {
        this(Trigonometry.FDLIBM);
    }

    /**
     * Opens the page; takes a second or so. The game is at the canonical start.
     *
     * @param trigonometry whose sine and cosine it is played with
     */
    public OpenPageGame(Trigonometry trigonometry) {
        this(open());
        host.call(kernelFunction("compute"), trigonometry.text());
    }

    private OpenPageGame(PageHost host) {
        this(host, (ScriptableObject) ScriptableObject.getProperty(host.window(), "qwop"));
    }

    private OpenPageGame(PageHost host, ScriptableObject kernel) {
        super(host, (Function) kernel.get("step"), ((NativeFloat64Array) kernel.get("state")).getBuffer());
        this.kernel = kernel;
        reset = kernelFunction("reset");
    }

    private Function kernelFunction(String name) {
        return (Function) kernel.get(name);
    }

    /** The page with nothing played yet. */
    static PageHost open() {
        // The kernel brings its own sine and cosine.
        return open(Trigonometry.FDLIBM);
    }

    /** The page in a browser with this sine and cosine. */
    static PageHost open(Trigonometry browser) {
        Map<String, PageFile> files = new HashMap<>();
        for (String name : OpenPage.FILES) {
            files.put("/" + name, new PageFile(OpenPage.contentType(name), OpenPage.read(name)));
        }
        PageHost host = new PageHost(ORIGIN, files, browser);
        try {
            host.open("/" + OpenPage.INDEX);
            return host;
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    @Override
    public void reset() {
        host.call(reset);
    }
}

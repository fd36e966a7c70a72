package io.github.qwop.game.page;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.page.MemoryConnection.PageFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.htmlunit.AjaxController;
import org.htmlunit.BrowserVersion;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.Page;
import org.htmlunit.ScriptException;
import org.htmlunit.WebClient;
import org.htmlunit.WebClientOptions;
import org.htmlunit.WebRequest;
import org.htmlunit.WebWindow;
import org.htmlunit.corejs.javascript.Context;
import org.htmlunit.corejs.javascript.Function;
import org.htmlunit.corejs.javascript.LambdaFunction;
import org.htmlunit.corejs.javascript.ScriptableObject;
import org.htmlunit.corejs.javascript.TopLevel;
import org.htmlunit.corejs.javascript.typedarrays.NativeArrayBuffer;
import org.htmlunit.corejs.javascript.typedarrays.NativeUint8Array;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.javascript.HtmlUnitContextFactory;
import org.htmlunit.javascript.JavaScriptEngine;
import org.htmlunit.javascript.SilentJavaScriptErrorListener;
import org.htmlunit.javascript.host.Window;
import org.jspecify.annotations.Nullable;

/**
 * A headless browser with one page in it: HtmlUnit, served from memory, cut off from every network, with a silent WebGL
 * context and silent sounds, with fdlibm's sine and cosine, and with a clock that only {@link #advance} moves. Nothing
 * runs by itself: no thread of its own, no timer, no animation frame.
 *
 * <p>Not thread safe: one thread at a time uses a host.
 */
final class PageHost implements AutoCloseable {

    /** What every window gets before its first script runs; each of these is one function of the window. */
    private static final List<String> SHIMS = List.of("webgl.js", "audio.js");

    private final String origin;
    private final Trigonometry trigonometry;
    private final WebClient client;
    private final Engine engine;

    private @Nullable HtmlPage page;
    private @Nullable Function clock;

    /**
     * A browser with no page yet.
     *
     * @param origin scheme and host under which the files appear, such as {@code http://example.org}
     * @param files all files there are, by path; each path begins with a slash
     * @param trigonometry what Math.sin and Math.cos compute
     */
    PageHost(String origin, Map<String, PageFile> files, Trigonometry trigonometry) {
        this.origin = origin;
        this.trigonometry = trigonometry;
        client = new WebClient(BrowserVersion.CHROME);
        client.setWebConnection(new MemoryConnection(origin, files));
        engine = new Engine(client);
        client.setJavaScriptEngine(engine);
        client.setAjaxController(new Synchronous());
        // What fails is thrown; it need not be logged as well.
        client.setJavaScriptErrorListener(new SilentJavaScriptErrorListener());
        WebClientOptions options = client.getOptions();
        options.setCssEnabled(false);
        options.setDownloadImages(false);
        options.setWebSocketEnabled(false);
        options.setThrowExceptionOnScriptError(true);
        options.setThrowExceptionOnFailingStatusCode(true);
        options.setPrintContentOnFailingStatusCode(false);
    }

    /**
     * Opens a page in place of the one before; its own scripts run before this returns.
     *
     * @param path the page's path, a file of this host
     * @throws PageException if there is no such file, or one of its scripts fails
     */
    void open(String path) {
        try {
            page = client.getPage(origin + path);
        } catch (IOException | FailingHttpStatusCodeException e) {
            throw new PageException("The page " + path + " could not be opened: " + e.getMessage(), e);
        } catch (ScriptException e) {
            throw failure(path, e);
        }
    }

    /**
     * Runs a script in the page.
     *
     * @param source the program text
     * @param name how errors call it
     * @return the value of its last statement
     * @throws PageException if it cannot be read or throws
     */
    @Nullable
    Object run(String source, String name) {
        try {
            return engine.execute(openPage(), scope(), source, name, 1);
        } catch (ScriptException e) {
            throw failure(name, e);
        }
    }

    /** A script of this package whose text is one function expression: that function. */
    Function resourceFunction(String name) {
        return (Function) Objects.requireNonNull(run(resource(name), name));
    }

    /**
     * A function in Java for the page to call: it takes a Uint8Array and returns an ArrayBuffer.
     *
     * @param name how errors call it
     */
    Function bytesFunction(String name, UnaryOperator<byte[]> operator) {
        return engine.getContextFactory()
                .call(entered -> new LambdaFunction(
                        scope(),
                        name,
                        1,
                        (context, scope, self, arguments) -> {
                            byte[] result = operator.apply(((NativeUint8Array) arguments[0])
                                    .getBuffer()
                                    .getBuffer());
                            NativeArrayBuffer buffer = (NativeArrayBuffer)
                                    context.newObject(scope, "ArrayBuffer", new Object[] {result.length});
                            System.arraycopy(result, 0, buffer.getBuffer(), 0, result.length);
                            return buffer;
                        },
                        false));
    }

    /**
     * Calls a function of the page.
     *
     * @throws PageException if it throws
     */
    @Nullable
    Object call(Function function, Object... arguments) {
        try {
            return engine.callFunction(openPage(), function, scope(), window(), arguments);
        } catch (ScriptException e) {
            throw failure("the page", e);
        }
    }

    /**
     * Moves the page's clock: runs the timers that fall due and then one round of animation frames.
     *
     * @param millis by how much, in milliseconds, 0 or more
     */
    void advance(double millis) {
        if (clock == null) {
            throw new IllegalStateException("Open a page before its clock is moved.");
        }
        call(clock, millis);
    }

    /** The page's window. */
    Window window() {
        return openPage().getEnclosingWindow().getScriptableObject();
    }

    /** Closes the browser and frees its page. */
    @Override
    public void close() {
        page = null;
        clock = null;
        client.close();
    }

    private TopLevel scope() {
        return ScriptableObject.getTopLevelScope(window().getParentScope());
    }

    private HtmlPage openPage() {
        if (page == null) {
            throw new IllegalStateException("Open a page before it is used.");
        }
        return page;
    }

    private static PageException failure(String where, ScriptException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new PageException("A script of " + where + " failed: " + cause.getMessage(), e);
    }

    private static String resource(String name) {
        try (InputStream in = PageHost.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("No resource " + name + " beside " + PageHost.class.getName() + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** HtmlUnit's engine with the shims in every window, and without the instruction observer. */
    @SuppressWarnings("serial")
    private final class Engine extends JavaScriptEngine {

        private final HtmlUnitContextFactory contexts;

        Engine(WebClient client) {
            super(client);
            contexts = new HtmlUnitContextFactory(client) {
                @Override
                protected Context makeContext() {
                    Context context = super.makeContext();
                    // It counts every jump only to end scripts that run too long.
                    context.setInstructionObserverThreshold(0);
                    return context;
                }
            };
        }

        @Override
        public HtmlUnitContextFactory getContextFactory() {
            return contexts;
        }

        @Override
        public void initialize(WebWindow webWindow, Page newPage) {
            super.initialize(webWindow, newPage);
            contexts.call(context -> {
                Window window = webWindow.getScriptableObject();
                TopLevel scope = ScriptableObject.getTopLevelScope(window.getParentScope());
                PageMath.install(context, scope, trigonometry);
                for (String shim : SHIMS) {
                    install(context, scope, window, shim);
                }
                clock = (Function) install(context, scope, window, "clock.js");
                return null;
            });
        }

        private @Nullable Object install(Context context, TopLevel scope, Window window, String shim) {
            Object function = context.evaluateString(scope, resource(shim), shim, 1, null);
            return ((Function) function).call(context, scope, window, new Object[] {window});
        }
    }

    /** Answers every request at once, on the page's own thread. */
    @SuppressWarnings("serial")
    private static final class Synchronous extends AjaxController {

        @Override
        public boolean processSynchron(HtmlPage page, WebRequest request, boolean async) {
            return true;
        }
    }
}

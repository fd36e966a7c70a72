package io.github.qwop.run.fork;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A goal in this JVM, to debug it: break points in a debugger that is attached to Maven are met. Limits: this JVM's
 * memory, options and variables hold, not the fork's; one goal at a time should be run; and a JVM loads a native
 * library for one class loader only, so that a change of the library's class path needs a new Maven.
 *
 * @param classPath the core, its engines and their native library
 * @param ownClassPath the project's own classes and what they need
 */
public record SameJvm(List<Path> classPath, List<Path> ownClassPath) implements GoalJvm {

    /** Native libraries are bound to a class loader for as long as this JVM lives, and so the loader is kept. */
    private static final Map<List<Path>, ClassLoader> LOADERS = new HashMap<>();

    /** Copies what it is given. */
    public SameJvm {
        classPath = List.copyOf(classPath);
        ownClassPath = List.copyOf(ownClassPath);
    }

    @Override
    public ForkMessage run(ForkRequest request, Consumer<ForkMessage> listener) throws IOException {
        ForkedJvm.PROPERTIES.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
        Conversation conversation = new Conversation(listener);
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    conversation.stopping();
                    stop.set(true);
                    if (request.endsItself()) {
                        await(done);
                    }
                },
                "qwop-stop");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Runtime.getRuntime().addShutdownHook(hook);
        try (URLClassLoader own = new URLClassLoader(urls(ownClassPath), engines(classPath))) {
            thread.setContextClassLoader(own);
            BooleanSupplier stopped = () -> stop.get() || thread.isInterrupted();
            own.loadClass(ForkedJvm.MAIN)
                    .getMethod("serve", String.class, String.class, Map.class, Consumer.class, BooleanSupplier.class)
                    .invoke(null, request.goal(), request.directory(), request.settings(), conversation, stopped);
        } catch (InvocationTargetException e) {
            throw new IOException("The goal failed in this JVM: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException("The goal's class " + ForkedJvm.MAIN + " cannot be used: " + e, e);
        } finally {
            thread.setContextClassLoader(before);
            done.countDown();
            ForkedJvm.removeHook(hook);
        }
        return conversation.outcome().orElseThrow(() -> new IOException("The goal ended without a result."));
    }

    private static ClassLoader engines(List<Path> classPath) throws MalformedURLException {
        synchronized (LOADERS) {
            ClassLoader loader = LOADERS.get(classPath);
            if (loader == null) {
                loader = new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader());
                LOADERS.put(classPath, loader);
            }
            return loader;
        }
    }

    private static URL[] urls(List<Path> classPath) throws MalformedURLException {
        URL[] urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toUri().toURL();
        }
        return urls;
    }

    private static void await(CountDownLatch done) {
        try {
            done.await(ForkedJvm.GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
